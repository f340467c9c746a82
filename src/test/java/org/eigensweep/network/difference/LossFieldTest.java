package org.eigensweep.network.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.network.dl4j.ParameterLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps of differences, and what their rounding hides. */
class LossFieldTest {
  /** Of norm 5. */
  private static final double[] THETA = {3, 0, -4};

  /** 6·u^⅓ and its third of float64. */
  private static final double STEP = 6 * Math.cbrt(Math.ulp(1.0) / 2);

  private final List<double[]> asked = new ArrayList<>();

  /** θ₀² + 5θ₁ and its gradient, and a constant. */
  private LossField field(double constant, double... wrong) {
    return theta -> {
      asked.add(theta.clone());
      double[] gradient = {2 * theta[0], 5, 0};
      for (int i = 0; i < wrong.length; i++) {
        gradient[i] += wrong[i];
      }
      return new LossField.Point(constant + theta[0] * theta[0] + 5 * theta[1], gradient);
    };
  }

  private double distance(int question) {
    double sum = 0;
    for (int i = 0; i < THETA.length; i++) {
      double apart = asked.get(question)[i] - THETA[i];
      sum += apart * apart;
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 4, 16})
  void takesSlopesByAStepOfTheParametersLength(double shorter) {
    double slope = field(0).slope(THETA, new double[] {0.6, 0.8, 0}, shorter);
    assertThat(slope).isCloseTo(0.6 * 6 + 0.8 * 5, within(1e-9)); // 10u/h
    assertThat(asked).hasSize(2);
    assertThat(distance(0)).isCloseTo(STEP / shorter, within(1e-15));
    assertThat(distance(1)).isCloseTo(STEP / shorter, within(1e-15));
  }

  @Test
  void takesProductsByAStepOfSoMuchLength() {
    double[] product = field(0).product(THETA, new double[] {8, 6, 0}, 1e-3);
    assertThat(product).containsExactly(new double[] {16, 0, 0}, within(1e-10)); // 10u/h
    assertThat(distance(0)).isCloseTo(1e-3, within(1e-14));
    assertThat(distance(1)).isCloseTo(1e-3, within(1e-14));
  }

  @Test
  void knowsTheRoundingOfASlope() {
    LossField.Point here = new LossField.Point(-200, THETA);
    assertThat(LossField.rounding(THETA, here, 4)).isCloseTo(1e-13 * 200 * 4 / STEP, within(1e-18));
  }

  private SlopeCheck check(LossField field) {
    return new SlopeCheck(
        field,
        List.of(
            new ParameterLayout.Parameter("one", "W", new IndexRange(0, 2), List.of()),
            new ParameterLayout.Parameter("two", "b", new IndexRange(2, 3), List.of())),
        new Random(3));
  }

  /** Half a step beside the gradient's own direction, in the parameter's own coordinates. */
  @Test
  void leavesOtherParametersWhereTheyAre() {
    LossField field = field(0);
    check(field).off(THETA, field.at(THETA), 1e-3);
    assertThat(asked).hasSize(5);
    for (int question : new int[] {1, 2}) {
      assertThat(asked.get(question)[2]).isEqualTo(THETA[2]);
      assertThat(distance(question)).isBetween(0.49 * STEP, 1.51 * STEP);
    }
    for (int question : new int[] {3, 4}) {
      assertThat(asked.get(question)[0]).isEqualTo(THETA[0]);
      // no gradient there: half a step at random
      assertThat(distance(question)).isCloseTo(0.5 * STEP, within(1e-14));
    }
  }

  @Test
  void seesWhatRoundingDoesNotHide() {
    // of a slope of 5, 0.1 is seen beside a loss of 9, and is rounding beside one of 1e9: 1e-4/4e-5
    LossField near = field(0, 0, 0.1);
    assertThat(check(near).off(THETA, near.at(THETA), 1e-3)).isPresent();
    assertThat(check(near).off(THETA, near.at(THETA), 0.5)).isEmpty();
    LossField far = field(1e9, 0, 0.1);
    assertThat(check(far).off(THETA, far.at(THETA), 1e-3)).isEmpty();
  }

  @Test
  void seesTheSameLittleErrorAtEveryStep() {
    LossField near = field(0, 0, 1e-4);
    assertThat(check(near).slightlyOff(THETA, near.at(THETA))).isPresent();
    LossField right = field(0);
    assertThat(check(right).slightlyOff(THETA, right.at(THETA))).isEmpty();
    // ten times the rounding of a loss of 1e5 over the step is 3e-3
    LossField far = field(1e5, 0, 1e-4);
    assertThat(check(far).slightlyOff(THETA, far.at(THETA))).isEmpty();
  }

  /** Along one number the two directions may be opposite, and may not cancel. */
  @Test
  void seesAWrongGradientOfOneNumber() {
    LossField wrong = field(0, 0, 0, 7);
    for (int seed = 0; seed < 10; seed++) {
      SlopeCheck check =
          new SlopeCheck(
              wrong,
              List.of(new ParameterLayout.Parameter("two", "b", new IndexRange(2, 3), List.of())),
              new Random(seed));
      assertThat(check.off(THETA, wrong.at(THETA), 1e-3)).isPresent();
    }
  }

  /** The gradient (S + t·A)θ of a loss with the constant and the curvature S. */
  private LossField turned(double t, double scale, double constant) {
    double[][] s = {{2, 0.5, 0}, {0.5, 1, -0.3}, {0, -0.3, 3}};
    double[][] a = {{0, 1, -2}, {-1, 0, 0.5}, {2, -0.5, 0}};
    return theta -> {
      asked.add(theta.clone());
      double[] gradient = new double[3];
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          gradient[i] += scale * (s[i][j] + t * a[i][j]) * theta[j];
        }
      }
      return new LossField.Point(constant, gradient);
    };
  }

  private double asymmetry(LossField field) {
    return new SymmetryCheck(field, new Random(5)).least(THETA, field.at(THETA));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 1, 1e6})
  void measuresTheShareThatIsNotSymmetric(double scale) {
    assertThat(asymmetry(turned(0, scale, 0))).isLessThan(1e-7); // rounding over a short step
    assertThat(asked).hasSize(1 + 8); // at the first of three steps
    asked.clear();
    double tenth = asymmetry(turned(0.1, scale, 0));
    assertThat(tenth).isBetween(0.02, 1.0);
    assertThat(asked).hasSize(1 + 24);
    // A is taken by each of six pairs, so half of it is about half
    assertThat(asymmetry(turned(0.05, scale, 0)) / tenth).isBetween(0.3, 0.7);
  }

  /** 1e-13 of 1e12 over a step of 2e-6 is 4e4, and a hundred times that is nothing's share. */
  @Test
  void findsNoAsymmetryInRounding() {
    assertThat(asymmetry(turned(1, 1, 1e12))).isLessThan(1e-2);
    assertThat(asymmetry(turned(1, 1, 1))).isGreaterThan(0.1);
  }
}
