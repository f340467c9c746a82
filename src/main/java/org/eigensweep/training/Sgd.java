package org.eigensweep.training;

import org.eigensweep.array.Matrix;

/**
 * Stochastic gradient descent, Δ = −η·g.
 *
 * @param learningRate η
 */
record Sgd(double learningRate) implements BaseOptimizer {
  @Override
  public void displace(Matrix gradient) {
    gradient.device().scale(-learningRate, gradient);
  }
}
