package org.eigensweep.linalg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.eigensweep.array.HostMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * A symmetric matrix in doubles whose spectrum is known: the oracle of the solvers.
 *
 * @param entries the matrix
 * @param values its eigenvalues
 * @param vectors its eigenvectors, column i belongs to value i
 */
@SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
record SymmetricMatrix(RealMatrix entries, double[] values, RealMatrix vectors) {
  /** Independent normal entries, decomposed by Hipparchus. */
  static SymmetricMatrix random(int n, long seed) {
    RealMatrix normal = normal(n, seed);
    RealMatrix entries = normal.add(normal.transpose());
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(entries);
    return new SymmetricMatrix(entries, eigen.getEigenvalues(), eigen.getV());
  }

  /** QDQᵀ with the given diagonal and a random Q. */
  static SymmetricMatrix of(double[] values, long seed) {
    return of(values, orthogonal(values.length, seed));
  }

  /** QDQᵀ. */
  static SymmetricMatrix of(double[] values, RealMatrix vectors) {
    RealMatrix scaled = vectors.multiply(MatrixUtils.createRealDiagonalMatrix(values));
    return new SymmetricMatrix(scaled.multiplyTransposed(vectors), values, vectors);
  }

  static RealMatrix orthogonal(int n, long seed) {
    return new QRDecomposition(normal(n, seed)).getQ();
  }

  private static RealMatrix normal(int n, long seed) {
    Random random = new Random(seed);
    RealMatrix matrix = MatrixUtils.createRealMatrix(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix.setEntry(i, j, random.nextGaussian());
      }
    }
    return matrix;
  }

  int size() {
    return values.length;
  }

  /** The largest eigenvalue in magnitude. */
  double norm() {
    return Arrays.stream(values).map(Math::abs).max().orElseThrow();
  }

  double[] leadingValues(int k, Which which) {
    return Arrays.stream(order(which)).limit(k).mapToDouble(i -> values[i]).toArray();
  }

  /** n × k. */
  RealMatrix leadingVectors(int k, Which which) {
    int[] columns = Arrays.stream(order(which)).limit(k).mapToInt(i -> i).toArray();
    int[] rows = new int[size()];
    Arrays.setAll(rows, i -> i);
    return vectors.getSubMatrix(rows, columns);
  }

  private Integer[] order(Which which) {
    Integer[] order = new Integer[size()];
    Arrays.setAll(order, i -> i);
    Comparator<Integer> key =
        switch (which) {
          case LARGEST -> Comparator.comparingDouble(i -> values[i]);
          case MAGNITUDE -> Comparator.comparingDouble(i -> Math.abs(values[i]));
        };
    Arrays.sort(order, key.reversed());
    return order;
  }

  /** ‖Au−λu‖ / ‖A‖ of each pair of a solution, in doubles. */
  double[] residuals(Eigenspace space) {
    RealMatrix u = real(space.vectors().toDoubles(), size());
    RealMatrix defect =
        entries
            .multiply(u)
            .subtract(u.multiply(MatrixUtils.createRealDiagonalMatrix(space.values())));
    double[] residuals = new double[space.values().length];
    Arrays.setAll(residuals, i -> norm() == 0 ? 0 : defect.getColumnVector(i).getNorm() / norm());
    return residuals;
  }

  /**
   * The sine of the largest angle between the span of orthonormal columns and another's, or a
   * little more: the Frobenius norm of (I − UUᵀ)V.
   */
  static double sine(double[] block, RealMatrix space) {
    RealMatrix v = real(block, space.getRowDimension());
    return v.subtract(space.multiply(space.transposeMultiply(v))).getFrobeniusNorm();
  }

  /** A column-major block as a matrix. */
  static RealMatrix real(double[] block, int rows) {
    int columns = block.length / rows;
    RealMatrix matrix = MatrixUtils.createRealMatrix(rows, columns);
    for (int j = 0; j < columns; j++) {
      matrix.setColumn(j, Arrays.copyOfRange(block, j * rows, (j + 1) * rows));
    }
    return matrix;
  }

  static HostMatrix.Doubles host(RealMatrix matrix) {
    int rows = matrix.getRowDimension();
    int columns = matrix.getColumnDimension();
    double[] values = new double[rows * columns];
    for (int j = 0; j < columns; j++) {
      System.arraycopy(matrix.getColumn(j), 0, values, j * rows, rows);
    }
    return new HostMatrix.Doubles(rows, columns, values);
  }
}
