package org.eigensweep.network.layer;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Sums down the columns of matrices of one height.
 *
 * @param ones height × 1
 */
public record ColumnSums(Matrix ones) {
  /** Sums for matrices with a number of rows. */
  public static ColumnSums of(int rows, Device device) {
    return new ColumnSums(device.ones(rows));
  }

  private Device device() {
    return ones.device();
  }

  /** sums ← α·1ᵀx + β·sums, 1 × columns. */
  void sum(double alpha, Matrix x, double beta, Matrix sums) {
    device().gemm(YES, NO, alpha, ones, x, beta, sums);
  }

  /** Subtracts one number a column: x ← x − 1·numbers. */
  void subtract(Matrix numbers, Matrix x) {
    device().gemm(NO, NO, -1, ones, numbers, 1, x);
  }

  /**
   * Subtracts from each column its weighted mean: x_j ← x_j − 1·(w_jᵀx_j). Where w is a softmax's
   * probabilities p, that takes a tangent of its argument to that of log p; and p ⊙ of the result
   * is the softmax's Jacobian, diag(p) − ppᵀ, times x.
   */
  public void centre(Matrix weights, Matrix x) {
    try (Scope temporary = device().open()) {
      Matrix products = temporary.matrix(x.rows(), x.columns());
      Matrix means = temporary.matrix(1, x.columns());
      device().multiply(weights, x, products);
      sum(1, products, 0, means);
      subtract(means, x);
    }
  }
}
