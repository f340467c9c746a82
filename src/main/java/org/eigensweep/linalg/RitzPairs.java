package org.eigensweep.linalg;

import static org.eigensweep.array.Transpose.NO;

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
 * @param basis V, n × d, orthonormal; not owned
 * @param product W = AV, n × d; not owned
 * @param which the end of the spectrum that leads
 * @param eigen spectrum of VᵀW, d values in leading order
 * @param residuals measured ‖Wsᵢ − θᵢVsᵢ‖ / max|θ| of the first pairs
 */
@SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
record RitzPairs(Matrix basis, Matrix product, Which which, DenseEigen eigen, double[] residuals) {
  /**
   * Computes Ritz pairs and measures residuals.
   *
   * @param basis V, n × d, orthonormal; kept until the pairs are no longer used
   * @param product W = AV, n × d; kept too
   * @param projected VᵀW, d × d, column-major
   * @param pairs leading pairs whose residuals are measured, at most d
   * @param which the end of the spectrum that leads
   * @throws NotFiniteException if the product is not finite
   */
  static RitzPairs of(Matrix basis, Matrix product, double[] projected, int pairs, Which which) {
    Device device = basis.device();
    DenseEigen eigen = DenseEigen.of(projected, basis.columns(), which);
    RitzPairs unmeasured = new RitzPairs(basis, product, which, eigen, new double[0]);
    try (Scope scope = device.open()) {
      Matrix defects = scope.matrix(basis.rows(), pairs);
      unmeasured.defects(defects);
      double spread = eigen.spread();
      double[] residuals =
          Arrays.stream(device.norms(defects)).map(x -> x == 0 ? 0 : x / spread).toArray();
      return new RitzPairs(basis, product, which, eigen, residuals);
    }
  }

  /** Dimension d of the basis. */
  int dimension() {
    return basis.columns();
  }

  double value(int pair) {
    return eigen.values()[pair];
  }

  double[] values(int pairs) {
    return Arrays.copyOf(eigen.values(), pairs);
  }

  /** out ← VS: the leading Ritz vectors, as many as it has columns. */
  void vectors(Matrix out) {
    combine(basis, all(out.columns()), 0, out);
  }

  /** out ← WS: the products of the leading Ritz vectors, as many as it has columns. */
  void images(Matrix out) {
    combine(product, all(out.columns()), 0, out);
  }

  /** out ← WS − VSΘ: the residual vectors of the leading pairs, as many as it has columns. */
  void defects(Matrix out) {
    defects(all(out.columns()), out);
  }

  /** The largest residual of the first pairs. */
  double residual(int pairs) {
    return Arrays.stream(residuals, 0, pairs).reduce(0, Math::max);
  }

  /** How far the first pair after some leading ones lies behind them, relative to max|θ|. */
  double gap(int pairs) {
    double distance = which.lead(value(pairs - 1), value(pairs));
    return distance == 0 ? 0 : distance / eigen.spread();
  }

  /**
   * Whether the first pair after some leading ones is known well enough to say that it belongs
   * behind them: at most a quarter of its vector lies where an eigenvalue would lead, since its
   * residual is at most half the gap (Chebyshev).
   */
  boolean isApart(int pairs, double tolerance) {
    return dimension() == pairs || residuals[pairs] <= Math.max(tolerance, gap(pairs) / 2);
  }

  /** Of the first pairs the ones with the largest residuals, worst first. */
  int[] worst(int pairs, int most) {
    return IntStream.range(0, pairs)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -residuals[i]))
        .limit(most)
        .mapToInt(i -> i)
        .toArray();
  }

  /** out ← the residual vectors of the given pairs, one a column. */
  void defects(int[] pairs, Matrix out) {
    combine(product, pairs, 0, out);
    try (Scope scope = basis.device().open()) {
      Matrix coefficients = coefficients(pairs, scope);
      for (int i = 0; i < pairs.length; i++) {
        basis.device().scale(value(pairs[i]), coefficients.column(i));
      }
      basis.device().gemm(NO, NO, -1, basis, coefficients, 1, out);
    }
  }

  private void combine(Matrix block, int[] pairs, double kept, Matrix out) {
    try (Scope scope = block.device().open()) {
      block.device().gemm(NO, NO, 1, block, coefficients(pairs, scope), kept, out);
    }
  }

  private Matrix coefficients(int[] pairs, Scope scope) {
    int d = dimension();
    double[] chosen = new double[d * pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      System.arraycopy(eigen.vectors(), d * pairs[i], chosen, d * i, d);
    }
    Matrix coefficients = scope.matrix(d, pairs.length);
    coefficients.write(chosen);
    return coefficients;
  }

  private static int[] all(int pairs) {
    return IntStream.range(0, pairs).toArray();
  }
}
