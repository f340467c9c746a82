package org.eigensweep.training;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;

/**
 * A base optimiser on its way along one trajectory. It turns a gradient into a displacement and
 * keeps its own state, which never sees a projection. Its matrices belong to the scope that it was
 * opened in.
 */
public interface Optimizer {
  /**
   * Overwrites the gradient g with the displacement Δ that the optimiser would make, and advances
   * the optimiser's state.
   *
   * @param at the point and the learning rate
   * @param update n × 1, g on entry, Δ on return
   */
  void displace(Step at, Matrix update);

  /** Its state between two steps. */
  OptimizerState state(MatrixKeeper keeper);

  /** Goes on from a state of the same optimiser. */
  void restore(OptimizerState state);
}
