package org.eigensweep.curvature;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;

/**
 * The mean loss of a network over a data set as a function of its parameters θ, a vector of n
 * numbers. Vectors are n × 1 matrices of the objective's device.
 */
public interface Objective extends AutoCloseable {
  /** Where parameters, gradients and tangents live. */
  Device device();

  /** n, the number of parameters. */
  int parameters();

  /** Number of examples in the mean. */
  int examples();

  /**
   * The value at θ alone.
   *
   * @param theta n × 1
   */
  Evaluation evaluate(Matrix theta);

  /**
   * Does the primal forward and backward pass over all examples once, for any number of curvature
   * products afterwards.
   *
   * @param theta n × 1; must not change while the linearisation is open
   * @return owned by the caller, who closes it
   */
  Linearization linearize(Matrix theta);

  /**
   * The gradient of the mean loss over some examples.
   *
   * @param theta n × 1
   * @param examples indices in [0, {@link #examples}), each as often as it counts
   * @param gradient n × 1, overwritten
   * @return the mean loss over those examples
   */
  double minibatchGradient(Matrix theta, int[] examples, Matrix gradient);

  @Override
  void close();
}
