package org.eigensweep.training;

import org.eigensweep.array.Matrix;

/** A step that is about to be made, as an optimiser sees it. */
public interface Step {
  /** η of this step. */
  double learningRate();

  /** θ, n × 1, not to be written. */
  Matrix theta();

  /**
   * The gradient over this step's examples at another point.
   *
   * @param point n × 1
   * @param gradient n × 1, overwritten
   */
  void gradient(Matrix point, Matrix gradient);
}
