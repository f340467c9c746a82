package org.eigensweep.training;

/** The base optimisers that settings can name. */
public enum OptimizerKind {
  /** Plain stochastic gradient descent, Δ = −η·g. */
  SGD;

  /** A fresh optimiser of this kind with learning rate η. */
  public BaseOptimizer create(double learningRate) {
    return switch (this) {
      case SGD -> new Sgd(learningRate);
    };
  }
}
