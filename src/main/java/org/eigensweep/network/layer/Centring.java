package org.eigensweep.network.layer;

import static org.eigensweep.array.Blocks.shared;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** Columns less their weighted means, as derivatives of a softmax need them. */
public final class Centring {
  private Centring() {}

  /**
   * Subtracts from each column its weighted mean: x_j ← x_j − 1·(w_jᵀx_j). Where w is a softmax's
   * probabilities p, that takes a tangent of its argument to that of log p; and p ⊙ of the result
   * is the softmax's Jacobian, diag(p) − ppᵀ, times x.
   *
   * @param weights w, rows × columns, each column's sum is 1
   * @param x shaped as w, overwritten
   */
  public static void centre(Matrix weights, Matrix x) {
    Device device = x.device();
    try (Scope temporary = device.open()) {
      Matrix means = temporary.matrix(1, x.columns());
      device.sumProducts(1, weights, x, 0, means);
      device.spreadEach(-1, shared(means), 1, shared(x));
    }
  }
}
