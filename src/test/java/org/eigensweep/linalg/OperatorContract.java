package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** What a solver takes for granted of an operator: symmetric, linear, repeatable. */
public final class OperatorContract {
  private OperatorContract() {}

  /**
   * Checks an operator on random vectors.
   *
   * @param operator any operator
   * @param error rounding of one product, relative to the operator's norm
   * @param norm the operator's norm
   */
  public static void check(LinearOperator operator, double error, double norm) {
    Device device = operator.device();
    try (Scope scope = device.open()) {
      Matrix x = scope.matrix(operator.size(), 3);
      Orthonormalizer orthonormalizer = new Orthonormalizer(new SplittableRandom(5));
      orthonormalizer.fillRandom(x);
      orthonormalizer.orthonormalize(x.columns(0, 2));
      device.copy(x.column(0), x.column(2));
      device.scale(-2, x.column(2));
      device.axpy(3, x.column(1), x.column(2));
      Matrix y = scope.matrix(operator.size(), 3);
      operator.apply(x, y);
      Matrix again = scope.matrix(operator.size(), 3);
      operator.apply(x, again);
      assertThat(again.toDoubles()).as("repeatable").containsExactly(y.toDoubles());
      Matrix inner = scope.matrix(3, 3);
      device.gemm(YES, NO, 1, x, y, 0, inner);
      double[] g = inner.toDoubles();
      assertThat(g[1]).as("symmetric").isCloseTo(g[3], within(error * norm));
      device.axpy(2, y.column(0), y.column(2));
      device.axpy(-3, y.column(1), y.column(2));
      assertThat(device.norm(y.column(2))).as("linear").isLessThan(6 * error * norm);
    }
  }
}
