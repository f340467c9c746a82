package org.eigensweep.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.network.dl4j.Dl4jActivations;
import org.eigensweep.network.preset.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values and slopes against DL4J's, bends against differences of the slopes. */
class NonlinearityTest extends OnFloat64Device {
  /** Away from the kinks at 0 and ±1 by much more than the step of a difference. */
  private static final double[] POINTS = {-30, -4, -1.3, -0.7, -0.01, 0.02, 0.6, 1.1, 2.5, 30};

  @ParameterizedTest
  @EnumSource(value = Activation.class, names = "IDENTITY", mode = EnumSource.Mode.EXCLUDE)
  void hasTheValueAndTheSlopeOfDl4j(Activation activation) {
    IActivation dl4j = Dl4jActivations.of(activation);
    Nonlinearity sigma = Dl4jActivations.rule(dl4j).orElseThrow();
    assertThat(sigma.name()).isEqualTo(activation.name());
    INDArray z = Nd4j.createFromArray(POINTS).reshape(1, POINTS.length);
    INDArray ones = Nd4j.onesLike(z);
    // a few roundings of numbers up to 30
    assertThat(value(sigma, POINTS))
        .containsExactly(dl4j.getActivation(z.dup(), true).toDoubleVector(), within(1e-14));
    assertThat(slope(sigma, POINTS))
        .containsExactly(dl4j.backprop(z.dup(), ones).getFirst().toDoubleVector(), within(1e-14));
  }

  /** The error of a central difference is h²·|σ‴|/6 + u/h: below 1e-9 at h = 1e-5. */
  @ParameterizedTest
  @EnumSource(Nonlinearity.class)
  void bendsAsItsSlopeChanges(Nonlinearity sigma) {
    double h = 1e-5;
    double[] below = slope(sigma, shifted(-h));
    double[] above = slope(sigma, shifted(h));
    double[] bend = new double[POINTS.length];
    if (sigma.shape() == Nonlinearity.Shape.CURVED) {
      Matrix z = at(POINTS);
      Matrix a = at(value(sigma, POINTS));
      Matrix out = scope.matrix(POINTS.length, 1);
      sigma.bend(z, a, at(slope(sigma, POINTS)), out);
      bend = out.toDoubles();
    } else {
      assertThatThrownBy(() -> sigma.bend(null, null, null, null))
          .hasMessage(sigma + " is piecewise linear");
    }
    for (int i = 0; i < bend.length; i++) {
      assertThat(bend[i]).isCloseTo((above[i] - below[i]) / (2 * h), within(1e-9));
    }
  }

  @Test
  void staysFiniteFarOut() {
    double[] far = {-1000, 1000};
    for (Nonlinearity sigma : Nonlinearity.values()) {
      Matrix z = at(far);
      Matrix a = at(value(sigma, far));
      assertThat(a.toDoubles()).as("value of %s", sigma).doesNotContain(Double.NaN);
      assertThat(a.toDoubles()[1]).as("value of %s", sigma).isLessThanOrEqualTo(1000);
      Matrix slope = at(slope(sigma, far));
      assertThat(slope.toDoubles()[0]).as("slope of %s", sigma).isZero();
      if (sigma.shape() == Nonlinearity.Shape.CURVED) {
        Matrix bend = scope.matrix(far.length, 1);
        sigma.bend(z, a, slope, bend);
        assertThat(bend.toDoubles())
            .as("bend of %s", sigma)
            .containsExactly(new double[] {0, 0}, within(0d));
      }
    }
  }

  @Test
  void takesNoParametersForThePlainFunctions() {
    for (IActivation other :
        new IActivation[] {
          new ActivationReLU(6.0, 0.0, 0.1), new ActivationELU(0.5), new ActivationGELU(true)
        }) {
      assertThatThrownBy(() -> Dl4jActivations.rule(other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("activation " + other + " has no exact derivative rule");
    }
  }

  private static double[] shifted(double by) {
    double[] points = POINTS.clone();
    for (int i = 0; i < points.length; i++) {
      points[i] += by;
    }
    return points;
  }

  private double[] value(Nonlinearity sigma, double[] points) {
    Matrix a = scope.matrix(points.length, 1);
    sigma.apply(at(points), a);
    return a.toDoubles();
  }

  private double[] slope(Nonlinearity sigma, double[] points) {
    Matrix slope = scope.matrix(points.length, 1);
    sigma.slope(at(points), at(value(sigma, points)), slope);
    return slope.toDoubles();
  }

  private Matrix at(double[] points) {
    Matrix matrix = scope.matrix(points.length, 1);
    matrix.write(points);
    return matrix;
  }
}
