package org.eigensweep.training;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;

/** Stochastic gradient descent, Δ = −η·g. */
final class Sgd implements Optimizer {
  @Override
  public void displace(Step at, Matrix update) {
    update.device().scale(-at.learningRate(), update);
  }

  @Override
  public OptimizerState state(MatrixKeeper keeper) {
    return OptimizerState.NEW;
  }

  @Override
  public void restore(OptimizerState state) {}
}
