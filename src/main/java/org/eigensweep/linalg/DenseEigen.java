package org.eigensweep.linalg;

import java.util.Arrays;
import java.util.Comparator;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The spectrum of a small symmetric matrix in ordinary memory, by Hipparchus.
 *
 * @param values eigenvalues in leading order
 * @param vectors d × d, column-major: column i belongs to value i
 */
@SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
record DenseEigen(double[] values, double[] vectors) {
  /**
   * Decomposes the symmetric part of a matrix.
   *
   * @param matrix d × d, column-major
   * @param d dimension
   * @param which the end of the spectrum that leads
   */
  static DenseEigen of(double[] matrix, int d, Which which) {
    double scale = Arrays.stream(matrix).map(Math::abs).reduce(0, Math::max);
    if (!Double.isFinite(scale)) {
      throw new NotFiniteException("a product of the operator");
    }
    // Scaled to one, because Hipparchus takes small numbers for zero whatever the matrix's scale.
    double unit = scale == 0 ? 1 : scale;
    RealMatrix symmetric = MatrixUtils.createRealMatrix(d, d);
    for (int j = 0; j < d; j++) {
      for (int i = 0; i < d; i++) {
        symmetric.setEntry(i, j, (matrix[i + j * d] + matrix[j + i * d]) / (2 * unit));
      }
    }
    return sorted(new EigenDecompositionSymmetric(symmetric, 0, true), d, unit, which);
  }

  private static DenseEigen sorted(
      EigenDecompositionSymmetric eigen, int d, double unit, Which which) {
    Comparator<Integer> leading =
        Comparator.comparingDouble(
            i ->
                switch (which) {
                  case LARGEST -> -eigen.getEigenvalue(i);
                  case MAGNITUDE -> -Math.abs(eigen.getEigenvalue(i));
                });
    Integer[] order = new Integer[d];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, leading);
    double[] values = new double[d];
    double[] vectors = new double[d * d];
    for (int j = 0; j < d; j++) {
      values[j] = unit * eigen.getEigenvalue(order[j]);
      double[] column = eigen.getEigenvector(order[j]).toArray();
      System.arraycopy(column, 0, vectors, j * d, d);
    }
    return new DenseEigen(values, vectors);
  }

  /** The smallest eigenvalue. */
  double smallest() {
    return Arrays.stream(values).min().orElse(0);
  }

  /** The largest eigenvalue in absolute value. */
  double spread() {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}
