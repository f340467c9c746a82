package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts outside of a space, down to the bound, against Hipparchus's projection in float64. */
class RemainderTest {
  private static final int N = 400;
  private static final int PAIRS = 12;

  private final Random random = new Random(3);

  private RealMatrix normal(int columns) {
    RealMatrix matrix = MatrixUtils.createRealMatrix(N, columns);
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < columns; j++) {
        matrix.setEntry(i, j, random.nextGaussian());
      }
    }
    return matrix;
  }

  private static RealMatrix orthonormal(RealMatrix matrix) {
    int columns = matrix.getColumnDimension();
    return new QRDecomposition(matrix).getQ().getSubMatrix(0, N - 1, 0, columns - 1);
  }

  /** What the device holds, which float32 has rounded. */
  private static RealMatrix held(Matrix matrix) {
    double[] values = matrix.toDoubles();
    RealMatrix held = MatrixUtils.createRealMatrix(matrix.rows(), matrix.columns());
    for (int i = 0; i < values.length; i++) {
      held.setEntry(i % matrix.rows(), i / matrix.rows(), values[i]);
    }
    return held;
  }

  private static Matrix write(RealMatrix values, Scope scope) {
    Matrix matrix = scope.matrix(values.getRowDimension(), values.getColumnDimension());
    double[] flat = new double[Math.toIntExact(matrix.size())];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values.getEntry(i % N, i / N);
    }
    matrix.write(flat);
    return matrix;
  }

  /**
   * The share of a vector outside of a space, and its direction. The oracle projects what the
   * device holds; the device rounds each component of what it subtracts, PAIRS times by a unit of
   * the vector, so it is off by some roundoffs of the whole. The oracle, which projects once, is
   * off by some ten roundoffs of float64.
   */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 0.5",
    "FLOAT32, 1e-3",
    "FLOAT32, 1e-4",
    "FLOAT32, 2e-5",
    "FLOAT64, 1e-6",
    "FLOAT64, 1e-12"
  })
  void findsWhatIsOutsideHoweverLittleThatIs(Precision precision, double share) {
    RealMatrix all = orthonormal(normal(PAIRS + 1));
    RealVector inside =
        all.getSubMatrix(0, N - 1, 0, PAIRS - 1)
            .operate(normal(1).getColumnVector(0).getSubVector(0, PAIRS));
    RealVector vector =
        inside.mapDivide(inside.getNorm()).add(all.getColumnVector(PAIRS).mapMultiply(share));
    try (Device device = Devices.processor().open(precision, 1);
        Scope scope = device.open()) {
      Matrix basis = write(all.getSubMatrix(0, N - 1, 0, PAIRS - 1), scope);
      Matrix v = write(MatrixUtils.createColumnRealMatrix(vector.toArray()), scope);
      RealMatrix span = orthonormal(held(basis));
      RealVector exact = held(v).getColumnVector(0);
      exact = exact.subtract(span.operate(span.preMultiply(exact)));

      RealVector found = held(Remainder.of(basis, v, scope)).getColumnVector(0);
      double error = found.subtract(exact).getNorm();
      assertThat(error).isLessThan(4 * precision.roundoff() + 50 * Precision.FLOAT64.roundoff());
      // A part that is longer than the bound has at least the first digit.
      assertThat(share).isGreaterThan(Remainder.rounding(device, 1));
      assertThat(found.getNorm() / exact.getNorm()).isCloseTo(1, within(1.0 / 16));
    }
  }
}
