package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Nd4jDevice;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Projections of one vector by corrected bases, against spaces that are known. */
class ProjectionTrackerTest {
  private static final int N = 100;
  private static final double NEVER_TOO_LARGE = 1;

  private Device device;
  private Scope scope;

  @BeforeEach
  void open() {
    device = Nd4jDevice.open(Precision.FLOAT64, 1);
    scope = device.open();
  }

  @AfterEach
  void close() {
    scope.close();
    device.close();
  }

  /** A tracker of the exact space and one of projections on top of it. */
  private final class Pair implements AutoCloseable {
    private final SubspaceTracker exact;
    private final ProjectionTracker projection;

    Pair(int rank, double error) {
      exact =
          new SubspaceTracker(
              device, new SolverSettings(rank, 1e-6, LARGEST, 2000), new SplittableRandom(1));
      projection = new ProjectionTracker(device, exact, rank, error, new SplittableRandom(2));
    }

    Matrix basis(SymmetricMatrix now, RealVector vector) {
      Matrix v = scope.matrix(N, 1);
      v.write(vector.toArray());
      return projection.basisFor(new DenseOperator(now, scope), v);
    }

    @Override
    public void close() {
      projection.close();
      exact.close();
    }
  }

  private static double[] spectrum(double... leading) {
    double[] values = new double[N];
    Arrays.setAll(values, i -> 1.5 - 2.0 * i / N);
    System.arraycopy(leading, 0, values, 0, leading.length);
    return values;
  }

  private static RotatingOperator turning(double speed, double... leading) {
    return new RotatingOperator(SymmetricMatrix.orthogonal(N, 1), t -> spectrum(leading), speed);
  }

  private static RealVector vector() {
    Random random = new Random(7);
    return new ArrayRealVector(random.doubles(N, -1, 1).toArray());
  }

  /** ‖Uᵀv‖/‖v‖. */
  private static double share(RealMatrix basis, RealVector v) {
    return basis.transpose().operate(v).getNorm() / v.getNorm();
  }

  private static RealMatrix real(Matrix basis) {
    return SymmetricMatrix.real(basis.toDoubles(), N);
  }

  private static RealVector projected(RealMatrix basis, RealVector v) {
    return basis.operate(basis.transpose().operate(v));
  }

  /**
   * The promise. To first order a correction leaves the share λ_b/λ_k of itself, here 0.1: vector i
   * turns towards vector i + n/2, whose eigenvalue is at most 0.5. The estimate takes an eighth, so
   * the errors stay below it.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.003, 0.01})
  void estimatesTheErrorThatItLeaves(double speed) {
    RotatingOperator operator = turning(speed, 10, 9, 8, 6, 5);
    RealVector v = vector();
    try (Pair pair = new Pair(5, NEVER_TOO_LARGE)) {
      double errors = 0;
      double estimates = 0;
      double left = 0;
      double stale = 0;
      RealMatrix last = null;
      for (int t = 0; t <= 60; t++) {
        SymmetricMatrix now = operator.at(t);
        Matrix found = pair.basis(now, v);
        Orthonormality.require(found, 1e-14);
        RealMatrix basis = real(found);
        RealMatrix exact = RotatingOperator.first(now, 5);
        if (pair.projection.estimate() > 0) {
          errors += Math.abs(share(basis, v) - share(exact, v));
          estimates += pair.projection.estimate();
          left += projected(basis, v).subtract(projected(exact, v)).getNorm();
          stale += projected(last, v).subtract(projected(exact, v)).getNorm();
        } else {
          last = exact;
        }
      }
      assertThat(errors).isPositive().isLessThan(estimates);
      assertThat(left).isLessThan(0.1 * stale);
    }
  }
}
