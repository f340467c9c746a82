package org.eigensweep.training;

import org.eigensweep.array.Matrix;

/**
 * A base optimiser. It turns a gradient into a displacement and keeps its own state, which never
 * sees a projection.
 */
public sealed interface BaseOptimizer permits Sgd {
  /**
   * Overwrites the gradient g with the displacement Δ that the optimiser would make, and advances
   * the optimiser's state.
   *
   * @param gradient n × 1, the mini-batch gradient on entry, Δ on return
   */
  void displace(Matrix gradient);
}
