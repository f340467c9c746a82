package org.eigensweep.training;

import java.util.List;
import java.util.Map;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;

/** Stochastic gradient descent, Δ = −η·g; over all examples it is gradient descent. */
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
  public void restore(OptimizerState state) {
    if (!state.vectors().isEmpty()) {
      throw new IllegalArgumentException(
          "a state of %d vectors, expected none, that of the same optimiser"
              .formatted(state.vectors().size()));
    }
  }

  /** {@code sgd}. */
  public static final class Kind implements OptimizerKind {
    @Override
    public String name() {
      return "sgd";
    }

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public double stabilityBound(Map<String, Double> values) {
      return 2;
    }

    @Override
    public Optimizer open(Scope owner, int parameters, Map<String, Double> values) {
      return new Sgd();
    }
  }
}
