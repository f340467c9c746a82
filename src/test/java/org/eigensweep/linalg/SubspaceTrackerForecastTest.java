package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.eigensweep.array.OnFloat64Device;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

/** Following a space that depends on the point, with the points and without. */
class SubspaceTrackerForecastTest extends OnFloat64Device {
  private static final int N = 60;
  private static final int PAIRS = 3;
  private static final double TOLERANCE = 2e-3;

  /** The first vector stands, the others turn by an angle towards vectors of their own. */
  private static SymmetricMatrix operator(double angle) {
    double[] values = new double[N];
    Arrays.setAll(values, i -> 1 - 1.0 * i / N);
    System.arraycopy(new double[] {8, 6, 4}, 0, values, 0, PAIRS);
    RealMatrix vectors = MatrixUtils.createRealIdentityMatrix(N);
    for (int i = 1; i < PAIRS; i++) {
      int other = i + 10;
      vectors.setEntry(i, i, Math.cos(angle));
      vectors.setEntry(other, i, Math.sin(angle));
      vectors.setEntry(other, other, Math.cos(angle));
      vectors.setEntry(i, other, -Math.sin(angle));
    }
    return SymmetricMatrix.of(values, vectors);
  }

  /**
   * Angles of up to 0.05 that are proportional to the point's coordinate in the space. A step by
   * one changes residuals by up to 0.1 · 6/8, forty times the tolerance. A forecast leaves the
   * ridge's share of that and what is of second order, 0.05²: it is within the tolerance, at one
   * product a pair and one more.
   */
  @Test
  void startsFromWhereThePointsSayThatTheSpaceIs() {
    SolverSettings settings = new SolverSettings(PAIRS, TOLERANCE, LARGEST, 2000);
    SplittableRandom random = new SplittableRandom(2);
    try (SubspaceTracker with = new SubspaceTracker(device, settings, new SplittableRandom(1));
        SubspaceTracker without = new SubspaceTracker(device, settings, new SplittableRandom(1))) {
      for (int t = 0; t < 30; t++) {
        double coordinate = t % 2 == 0 ? random.nextDouble(0.5, 1) : random.nextDouble(-1, -0.5);
        SymmetricMatrix now = operator(0.05 * coordinate);
        double[] point = new double[N];
        point[0] = coordinate;
        Eigenspace found =
            with.refresh(new DenseOperator(now, scope), AxisPairs.matrix(scope, N, point));
        assertThat(now.residuals(found)).containsExactly(new double[PAIRS], within(TOLERANCE));
        assertThat(found.values()).containsExactly(new double[] {8, 6, 4}, within(TOLERANCE * 8));
        int plain = without.refresh(new DenseOperator(now, scope)).products();
        if (t > 0) {
          assertThat(plain).isEqualTo(PAIRS + 1 + 2); // for each pair that turned its residual
          boolean forecast = t >= BasisForecast.REMEMBERED;
          assertThat(found.products()).isEqualTo(forecast ? PAIRS + 1 : plain);
        }
      }
    }
  }
}
