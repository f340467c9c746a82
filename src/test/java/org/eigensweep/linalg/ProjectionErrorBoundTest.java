package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.Random;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;

/** The error that is said to be left, against what dense eigenvectors say. */
class ProjectionErrorBoundTest extends OnFloat64Device {
  private static final int N = 8;

  /** What is wrong with a projection: inside and outside, and of χ. */
  @SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
  private record Wrong(double[] inside, double outside, double alignment) {}

  /**
   * Operators whose first axes are pairs but for couplings of 1e-4, and so off by an angle of at
   * most 1e-4. Where all that lies outside has the edge's value, the estimate is right but for the
   * square of that.
   */
  @Test
  void isRightWhereAllOutsideLiesAtTheEdge() {
    Random random = new Random(1);
    for (int draw = 0; draw < 50; draw++) {
      double[][] couplings = couplings(random);
      RealVector v = new ArrayRealVector(random.doubles(N, -1, 1).toArray());
      Wrong wrong = wrong(coupled(couplings, 2, 2, 2, 2), v);
      ProjectionError error = error(v, couplings);
      double second = 1e-8;
      assertThat(error.inside()).containsExactly(wrong.inside(), within(second));
      assertThat(error.outside()).isCloseTo(wrong.outside(), within(second));
      // what pairs reach may cancel in χ, and is added up
      assertThat(wrong.alignment()).isLessThanOrEqualTo(error.alignment() + second);
    }
  }

  /**
   * Below the edge less is reached than the estimate says. It is a sum that may cancel, at the edge
   * more than below; so errors keep to it in the mean.
   */
  @Test
  void isLargerThanTheErrorInTheMeanWhereTheRestLiesBelowTheEdge() {
    Random random = new Random(2);
    double[] errors = new double[4];
    double[] estimates = new double[4];
    for (int draw = 0; draw < 200; draw++) {
      double[][] couplings = couplings(random);
      RealVector v = new ArrayRealVector(random.doubles(N, -1, 1).toArray());
      Wrong wrong = wrong(coupled(couplings, random.doubles(4, -1, 2).toArray()), v);
      add(errors, wrong.inside(), wrong.outside(), wrong.alignment());
      ProjectionError error = error(v, couplings);
      add(estimates, error.inside(), error.outside(), error.alignment());
    }
    for (int i = 0; i < errors.length; i++) {
      assertThat(errors[i]).isBetween(0.5 * estimates[i], estimates[i]);
    }
  }

  private ProjectionError error(RealVector vector, double[][] couplings) {
    RitzPairs ritz = AxisPairs.of(scope, N, LARGEST, 3, new double[] {8, 4, 2, 1}, couplings);
    Matrix v = AxisPairs.matrix(scope, N, vector.toArray());
    return ProjectionError.of(ritz, 2, v, pair -> 1);
  }

  private static void add(double[] sums, double[] inside, double outside, double alignment) {
    double[] terms = {inside[0], inside[1], outside, alignment};
    Arrays.setAll(sums, i -> sums[i] + terms[i]);
  }

  private static double[][] couplings(Random random) {
    return new double[][] {
      random.doubles(N - 4, -1e-4, 1e-4).toArray(), random.doubles(N - 4, -1e-4, 1e-4).toArray()
    };
  }

  private static RealMatrix coupled(double[][] couplings, double... rest) {
    RealMatrix h = MatrixUtils.createRealIdentityMatrix(N);
    double[] basis = {8, 4, 2, 1};
    for (int j = 0; j < N; j++) {
      h.setEntry(j, j, j < 4 ? basis[j] : rest[j - 4]);
    }
    for (int i = 0; i < couplings.length; i++) {
      for (int j = 4; j < N; j++) {
        h.setEntry(i, j, couplings[i][j - 4]);
        h.setEntry(j, i, couplings[i][j - 4]);
      }
    }
    return h;
  }

  /** Of the projection on the first two axes, by Hipparchus. */
  private static Wrong wrong(RealMatrix h, RealVector v) {
    RealMatrix exact =
        new EigenDecompositionSymmetric(h).getV().getSubMatrix(0, N - 1, 0, 1); // descending
    RealVector unit = v.unitVector();
    RealVector projected = exact.operate(exact.preMultiply(unit));
    RealVector stale = unit.copy();
    stale.setSubVector(2, new ArrayRealVector(N - 2));
    RealVector apart = projected.subtract(stale);
    return new Wrong(
        new double[] {Math.abs(apart.getEntry(0)), Math.abs(apart.getEntry(1))},
        apart.getSubVector(2, N - 2).getNorm(),
        Math.abs(projected.getNorm() - stale.getNorm()));
  }
}
