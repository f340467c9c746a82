package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.SplittableRandom;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * When a projection will do, and where it looks while it will not, on axes: two pairs with the
 * values 8 and 4, in the basis two more, behind it six axes.
 */
class ProjectionGoalTest extends OnFloat64Device {
  private static final int N = 10;

  /** A power of two, so that a residual may lie at a limit exactly. */
  private static final double TOLERANCE = 10 * 0x1p-12;

  private static final double[] VECTOR = {2, 1, 2, 4, 8, 8, 8, 8, 2, 2}; // of length 17

  private ProjectionGoal goal(ErrorMeasure measure, double allowed) {
    SolverSettings settings = new SolverSettings(2, TOLERANCE, LARGEST, 100);
    Orthonormalizer orthonormalizer = new Orthonormalizer(new SplittableRandom(1));
    WarmStart start = new WarmStart(device, settings, orthonormalizer);
    return new ProjectionGoal(
        settings, AxisPairs.matrix(scope, N, VECTOR), measure, allowed, start);
  }

  /** Each pair leads to an axis of its own. */
  private RitzPairs pairs(double first, double second, double outside, double edge) {
    double[] values = {8, 4, edge, edge - 1};
    double[][] led = {{8 * first}, {0, 8 * second}, {0, 0, 8 * outside}, {0, 0, 0, 0.5}};
    return AxisPairs.of(scope, N, LARGEST, 3, values, led);
  }

  private RitzPairs pairs(double second, double outside, double edge) {
    return pairs(0, second, outside, edge);
  }

  /**
   * With the tolerance t the space is held to 10t behind a wide gap. A gap of 0.375 of the first
   * value leaves a twentieth of that, 7.68t, and a residual of 0.125 outside 5.12t; a gap of 0.03
   * no more than t itself.
   */
  @ParameterizedTest
  @CsvSource({
    "10,0,-2,true",
    "10.1,0,-2,false",
    "7.6,0,1,true",
    "7.7,0,1,false",
    "5.1,0.125,1,true",
    "5.2,0.125,1,false",
    "1,0,3.75,true",
    "1.01,0,3.75,false"
  })
  void takesAnAllowedErrorWhereTheSpaceIsHeld(
      double tolerances, double outside, double edge, boolean reached) {
    RitzPairs pairs = pairs(tolerances * TOLERANCE, outside, edge);
    assertThat(goal(error -> 1, 1).reached(pairs)).isEqualTo(reached);
    assertThat(goal(error -> 1.0001, 1).reached(pairs)).isFalse();
    assertThat(goal(error -> Double.NaN, 1).reached(pairs)).isFalse();
  }

  /** Without a gap an error may stay large: then a tenth of the tolerance will do. */
  @Test
  void takesAnyErrorWhereResidualsAreSmall() {
    assertThat(goal(error -> 2, 1).reached(pairs(0.1 * TOLERANCE, 0, 1))).isTrue();
    assertThat(goal(error -> 2, 1).reached(pairs(0.101 * TOLERANCE, 0, 1))).isFalse();
  }

  @Test
  void asksThatTheFirstPairOutsideIsApart() {
    RitzPairs poor = pairs(0, 0.2, 1);
    assertThat(goal(error -> 0, 1).reached(poor)).isFalse();
    assertThat(goal(error -> 0, 1).bearable(poor)).isFalse();
  }

  /** With nothing allowed, and where nothing better is found, every residual counts. */
  @ParameterizedTest
  @CsvSource({"1,true", "1.01,false"})
  void asksForTheToleranceWhereNoErrorIsAllowed(double tolerances, boolean reached) {
    RitzPairs pairs = pairs(tolerances * TOLERANCE, 0, -2);
    assertThat(goal(error -> 0, 0).reached(pairs)).isEqualTo(reached);
    assertThat(goal(error -> 0, 1).bearable(pairs)).isEqualTo(reached);
    assertThat(goal(error -> 2, 1).bearable(pairs)).isEqualTo(reached);
  }

  /** Where the space is all there is, nothing leads out of it but rounding. */
  @Test
  void holdsAWholeSpaceToTenTolerances() {
    for (double tolerances : new double[] {9, 11}) {
      double[] led = {8 * tolerances * TOLERANCE};
      RitzPairs two = AxisPairs.of(scope, N, LARGEST, 2, new double[] {8, 4}, led);
      assertThat(goal(error -> 0, 1).reached(two)).isEqualTo(tolerances < 10);
    }
  }

  /**
   * The first pair leads by 0.017 to an axis on which 8 of 17 lie, over a gap of 7. The next start
   * is a power step on, which leaves an eighth of it.
   */
  @Test
  void estimatesTheErrorOfTheNextStart() {
    ProjectionGoal goal = goal(error -> error.inside()[0], 1);
    goal.took(pairs(0.017 / 8, 0, 0, 1));
    assertThat(goal.estimate()).isCloseTo(0.008 / 7 / 8, within(1e-15));
    assertThat(goal.edge()).isCloseTo(1, within(1e-14));
  }

  /**
   * Along what the space and what the rest of the basis leads to, each weighed with the vector's
   * part; along the vector outside the basis; and along the residual vector of the worst pair.
   */
  @Test
  void looksWhereTheProjectionIsDecided() {
    RitzPairs pairs = pairs(0.001, 0.002, 0.003, -2);
    double[] inside = {0, 0, 0, 0, 2 * 0.008, 0.016, 0, 0, 0, 0};
    double[] behind = {0, 0, 0, 0, 0, 0, 2 * 0.024, 4 * 0.5, 0, 0};
    double[] outside = {0, 0, 0, 0, 8, 8, 8, 8, 2, 2};
    double[] worst = {0, 0, 0, 0, 0, 0.016, 0, 0, 0, 0};
    Matrix four = goal(error -> 2, 1).directions(pairs, 9, scope);
    assertThat(four.columns()).isEqualTo(4);
    requireColumns(four, inside, behind, outside, worst);
    Matrix three = goal(error -> 2, 1).directions(pairs, 3, scope);
    requireColumns(three, inside, behind, outside);
  }

  @Test
  void looksAlongResidualVectorsWhereTheSpaceIsNotHeld() {
    double[] first = {0, 0, 0, 0, 8 * 12 * TOLERANCE, 0, 0, 0, 0, 0};
    double[] second = {0, 0, 0, 0, 0, 8 * 11 * TOLERANCE, 0, 0, 0, 0};
    double[] third = {0, 0, 0, 0, 0, 0, 8 * 0.2, 0, 0, 0};
    Matrix held = goal(error -> 2, 1).directions(pairs(10 * TOLERANCE, 0, -2), 4, scope);
    assertThat(held.columns()).isEqualTo(4);
    RitzPairs both = pairs(12 * TOLERANCE, 11 * TOLERANCE, 0, -2);
    requireColumns(goal(error -> 2, 1).directions(both, 4, scope), first, second);
    RitzPairs one = pairs(12 * TOLERANCE, 9 * TOLERANCE, 0, -2);
    requireColumns(goal(error -> 2, 1).directions(one, 4, scope), first);
    // and for what may belong to it
    requireColumns(goal(error -> 0, 1).directions(pairs(0, 0, 0.2, 1), 4, scope), third);
  }

  @Test
  void looksAlongResidualVectorsWhereNoErrorIsAllowed() {
    double[] first = {0, 0, 0, 0, 8 * 1.2 * TOLERANCE, 0, 0, 0, 0, 0};
    RitzPairs pairs = pairs(1.2 * TOLERANCE, 0.9 * TOLERANCE, 0, -2);
    requireColumns(goal(error -> 0, 0).directions(pairs, 4, scope), first);
  }

  /** The columns, each up to its sign. */
  private static void requireColumns(Matrix found, double[]... expected) {
    double[] all = new double[N * expected.length];
    for (int j = 0; j < expected.length; j++) {
      System.arraycopy(expected[j], 0, all, j * N, N);
    }
    assertThat(AxisPairs.absolute(found)).containsExactly(all, within(1e-14));
  }
}
