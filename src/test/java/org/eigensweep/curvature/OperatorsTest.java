package org.eigensweep.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.InUse;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.linalg.LinearOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A parabola as operators, and with a quadratic term, in numbers that float64 holds exactly. */
class OperatorsTest {
  private static final double[] A = {4, -2, 8};

  private Device device;
  private Scope scope;
  private Parabola parabola;
  private Matrix theta;
  private Matrix block;

  @BeforeEach
  void open() {
    device = Devices.processor().open(Precision.FLOAT64, 1);
    scope = device.open();
    parabola = new Parabola(device, A);
    theta = column(1, 2, -1);
    block = scope.matrix(3, 2);
    block.write(new double[] {1, 1, 1, 0, 3, -1});
  }

  @AfterEach
  void close() {
    scope.close();
    device.close();
  }

  private Matrix column(double... values) {
    Matrix column = scope.matrix(values.length, 1);
    column.write(values);
    return column;
  }

  private double[] product(LinearOperator operator) {
    assertThat(operator.size()).isEqualTo(3);
    assertThat(operator.device()).isSameAs(device);
    Matrix product = scope.matrix(3, 2);
    device.fill(99, product);
    operator.apply(block, product);
    return product.toDoubles();
  }

  @Test
  void takesProductsWithTheMatrixOfItsName() {
    try (Linearization here = parabola.linearize(theta)) {
      assertThat(product(CurvatureMatrix.HESSIAN.at(here))).containsExactly(4, -2, 8, 0, -6, -8);
      assertThat(product(CurvatureMatrix.GGN.at(here))).containsExactly(8, -4, 16, 0, -12, -16);
    }
  }

  private RegularizedObjective regularized() {
    return new RegularizedObjective(
        parabola, new HostMatrix.Doubles(3, 1, new double[] {0, 10, 100}));
  }

  @Test
  void addsAQuadraticTermToEverythingButTheAccuracy() {
    RegularizedObjective objective = regularized();
    // ½(4 − 8 + 8) and ½(40 + 100)
    assertThat(objective.evaluate(theta)).isEqualTo(new Evaluation(2 + 70, 0.5));
    assertThat(objective.examples()).isEqualTo(Parabola.EXAMPLES);
    assertThat(objective.parameters()).isEqualTo(3);
    Matrix gradient = scope.matrix(3, 1);
    assertThat(objective.minibatchGradient(theta, new int[] {1}, gradient)).isEqualTo(72);
    assertThat(gradient.toDoubles()).containsExactly(4, 16, -108);
    try (Linearization here = objective.linearize(theta)) {
      assertThat(here.evaluation()).isEqualTo(new Evaluation(72, 0.5));
      assertThat(here.gradient().toDoubles()).containsExactly(4, 16, -108);
      assertThat(product(CurvatureMatrix.HESSIAN.at(here))).containsExactly(4, 8, 108, 0, 24, -108);
      assertThat(product(CurvatureMatrix.GGN.at(here))).containsExactly(8, 6, 116, 0, 18, -116);
    }
    objective.close();
  }

  @Test
  void closesWhatItIsMadeOf() {
    parabola.close();
    parabola = new Parabola(device, A);
    long held = InUse.bytes(device);
    RegularizedObjective objective = regularized();
    long ready = InUse.bytes(device);
    Linearization here = objective.linearize(theta);
    assertThat(parabola.open()).isEqualTo(2);
    here.close();
    assertThat(parabola.open()).isEqualTo(1);
    assertThat(InUse.bytes(device)).isEqualTo(ready);
    objective.close();
    assertThat(parabola.open()).isZero();
    assertThat(InUse.bytes(device)).isEqualTo(held - 3 * Double.BYTES);
  }

  @Test
  void leavesNothingWhereItCannotBeLinearised() {
    RegularizedObjective objective = regularized();
    long ready = InUse.bytes(device);
    parabola.fail();
    assertThatThrownBy(() -> objective.linearize(theta)).hasMessage("no linearisation");
    assertThat(InUse.bytes(device)).isEqualTo(ready);
    objective.close();
  }
}
