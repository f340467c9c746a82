package org.eigensweep.linalg;

import org.eigensweep.array.Matrix;

/**
 * Leading eigenpairs, in leading order.
 *
 * @param vectors n × pairs, orthonormal to rounding; owned by whoever the producing method says
 * @param values eigenvalues (Ritz values), one a pair
 * @param residuals measured ‖Au−λu‖ relative to the largest |λ|, one a pair; see the producing
 *     method for the vectors u at which they were measured
 * @param products operator-vector products spent
 * @param stop why the solver stopped
 */
@SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
public record Eigenspace(
    Matrix vectors, double[] values, double[] residuals, int products, Stop stop) {

  /** The largest residual of the first {@code k} pairs. */
  public double residual(int k) {
    double largest = 0;
    for (int i = 0; i < k; i++) {
      largest = Math.max(largest, residuals[i]);
    }
    return largest;
  }
}
