package org.eigensweep.linalg;

import java.util.Arrays;
import java.util.Comparator;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * The spectrum of a small symmetric matrix in ordinary memory, by Hipparchus.
 *
 * @param values eigenvalues in leading order
 * @param vectors d × d, column-major: column i belongs to value i
 */
@SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
record DenseEigen(double[] values, double[] vectors) {
  /**
   * Entries below this share of the largest are taken for zero: far below rounding, and large
   * enough that no product of a few of them underflows, from which Hipparchus makes NaN. A space
   * that is followed while the operator stands still has ever smaller ones.
   */
  private static final double NOTHING = 0x1p-200;

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
        double entry = (matrix[i + j * d] + matrix[j + i * d]) / (2 * unit);
        symmetric.setEntry(i, j, Math.abs(entry) < NOTHING ? 0 : entry);
      }
    }
    try {
      EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(symmetric, 0, true);
      return sorted(eigen.getEigenvalues(), eigen.getV(), unit, which);
    } catch (MathIllegalStateException tooManyIterations) {
      return ofSingularValues(symmetric, unit, which);
    }
  }

  /**
   * What the QL iteration gives up on now and then, where columns of a Gram matrix repeat. With the
   * dimension added to its diagonal, a matrix of entries up to 1 is positive, and its singular
   * values and vectors are eigenvalues and eigenvectors; that costs a digit or two.
   */
  static DenseEigen ofSingularValues(RealMatrix symmetric, double unit, Which which) {
    int d = symmetric.getRowDimension();
    SingularValueDecomposition positive =
        new SingularValueDecomposition(
            symmetric.add(MatrixUtils.createRealIdentityMatrix(d).scalarMultiply(d)));
    double[] values = Arrays.stream(positive.getSingularValues()).map(value -> value - d).toArray();
    return sorted(values, positive.getU(), unit, which);
  }

  private static DenseEigen sorted(
      double[] found, RealMatrix foundVectors, double unit, Which which) {
    int d = found.length;
    Comparator<Integer> leading = Comparator.comparingDouble(i -> -which.rank(found[i]));
    Integer[] order = new Integer[d];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, leading);
    double[] values = new double[d];
    double[] vectors = new double[d * d];
    for (int j = 0; j < d; j++) {
      values[j] = unit * found[order[j]];
      double[] column = foundVectors.getColumn(order[j]);
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
