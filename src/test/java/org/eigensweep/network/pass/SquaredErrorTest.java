package org.eigensweep.network.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** weight·½‖f − y‖² by hand. */
class SquaredErrorTest {
  /** Two examples of three outputs, of classes 2 and 0. */
  private static final double[] OUTPUTS = {0.5, -1, 2, 3, 0.25, -0.5};

  private static final double[] ERRORS = {0.5, -1, 1, 2, 0.25, -0.5};

  @ParameterizedTest
  @ValueSource(doubles = {1, 2, 0.75})
  void isHalfTheWeightedSquare(double weight) {
    SquaredError loss = new SquaredError(weight);
    // 0.25 + 1 + 1 and 4 + 0.0625 + 0.25: exact in binary
    assertThat(loss.of(OUTPUTS, 0, 3, 2)).isEqualTo(weight * 2.25 / 2);
    assertThat(loss.of(OUTPUTS, 3, 3, 0)).isEqualTo(weight * 4.3125 / 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 2, 0.75})
  void hasItsSlopeAndItsCurvature(double weight) {
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope scope = device.open()) {
      Matrix outputs = matrix(scope, OUTPUTS);
      LossRule.LossPass pass =
          new SquaredError(weight).linearize(outputs, matrix(scope, 0, 0, 1, 1, 0, 0), scope);
      double[] tangents = {1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6};
      double[] curved = pass.gradientTangents(matrix(scope, tangents), scope).toDoubles();
      double[] slope = pass.gradient().toDoubles();
      for (int i = 0; i < ERRORS.length; i++) {
        assertThat(slope[i]).isCloseTo(weight * ERRORS[i], within(0.0));
      }
      for (int i = 0; i < tangents.length; i++) {
        assertThat(curved[i]).isCloseTo(weight * tangents[i], within(0.0));
      }
      assertThat(outputs.toDoubles()).containsExactly(OUTPUTS);
    }
  }

  private static Matrix matrix(Scope scope, double... values) {
    Matrix matrix = scope.matrix(3, values.length / 3);
    matrix.write(values);
    return matrix;
  }
}
