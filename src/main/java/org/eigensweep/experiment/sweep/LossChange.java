package org.eigensweep.experiment.sweep;

/** How far a row takes the loss change of the step from its point apart. */
public enum LossChange {
  /** As far as that is free: first-order terms, and second-order terms along the tracked pairs. */
  PARTIAL,
  /**
   * With the second-order term outside of the tracked pairs, for a Hessian-vector product, and the
   * change that came of the step, for a pass over the training set.
   */
  FULL
}
