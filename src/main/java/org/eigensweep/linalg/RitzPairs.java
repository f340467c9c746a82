package org.eigensweep.linalg;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * The Rayleigh–Ritz approximations of an operator from an orthonormal basis V and its product W =
 * AV: eigenpairs of VᵀW, which are the best that the basis can give.
 *
 * @param eigen spectrum of VᵀW, d values in leading order
 * @param residuals measured ‖Wsᵢ − θᵢVsᵢ‖ / max|θ| of the first pairs
 */
@SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
record RitzPairs(DenseEigen eigen, double[] residuals) {
  /**
   * Computes Ritz pairs and measures residuals.
   *
   * @param basis V, n × d, orthonormal
   * @param product W = AV, n × d
   * @param pairs leading pairs whose residuals are measured, at most d
   * @param which the end of the spectrum that leads
   */
  static RitzPairs of(Matrix basis, Matrix product, int pairs, Which which) {
    Device device = basis.device();
    int d = basis.columns();
    try (Scope scope = device.open()) {
      Matrix projected = scope.matrix(d, d);
      device.gemm(YES, NO, 1, basis, product, 0, projected);
      DenseEigen eigen = DenseEigen.of(projected.toDoubles(), d, which);
      return new RitzPairs(eigen, residuals(basis, product, eigen, pairs, scope));
    }
  }

  private static double[] residuals(
      Matrix basis, Matrix product, DenseEigen eigen, int pairs, Scope scope) {
    Device device = basis.device();
    Matrix defect = scope.matrix(basis.rows(), pairs);
    device.gemm(NO, NO, 1, product, leading(eigen, pairs, scope), 0, defect);
    device.gemm(NO, NO, -1, basis, scaledLeading(eigen, pairs, scope), 1, defect);
    double spread = eigen.spread();
    return Arrays.stream(device.norms(defect)).map(norm -> norm == 0 ? 0 : norm / spread).toArray();
  }

  /**
   * out ← Wsᵢ − θᵢVsᵢ for the measured pairs with the largest residuals, one a column.
   *
   * @param basis V, as given when the pairs were computed
   * @param product W, as given when the pairs were computed
   */
  void worstDefects(Matrix basis, Matrix product, Matrix out) {
    Device device = basis.device();
    int d = basis.columns();
    int[] worst =
        IntStream.range(0, residuals.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -residuals[i]))
            .limit(out.columns())
            .mapToInt(i -> i)
            .toArray();
    try (Scope scope = device.open()) {
      Matrix all = leading(eigen, residuals.length, scope);
      Matrix coefficients = scope.matrix(d, worst.length);
      device.gatherColumns(all, worst, coefficients);
      device.gemm(NO, NO, 1, product, coefficients, 0, out);
      device.gatherColumns(scaledLeading(eigen, residuals.length, scope), worst, coefficients);
      device.gemm(NO, NO, -1, basis, coefficients, 1, out);
    }
  }

  /** out ← block·S, with the coefficients of the leading Ritz vectors in the basis. */
  void rotate(Matrix block, Matrix out) {
    Device device = block.device();
    try (Scope scope = device.open()) {
      device.gemm(NO, NO, 1, block, leading(eigen, out.columns(), scope), 0, out);
    }
  }

  double[] values(int pairs) {
    return Arrays.copyOf(eigen.values(), pairs);
  }

  private static Matrix leading(DenseEigen eigen, int pairs, Scope scope) {
    int d = eigen.values().length;
    Matrix coefficients = scope.matrix(d, pairs);
    coefficients.write(Arrays.copyOf(eigen.vectors(), d * pairs));
    return coefficients;
  }

  private static Matrix scaledLeading(DenseEigen eigen, int pairs, Scope scope) {
    Matrix coefficients = leading(eigen, pairs, scope);
    for (int i = 0; i < pairs; i++) {
      coefficients.device().scale(eigen.values()[i], coefficients.column(i));
    }
    return coefficients;
  }
}
