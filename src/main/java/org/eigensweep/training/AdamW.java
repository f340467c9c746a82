package org.eigensweep.training;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;

/**
 * Adam with decoupled weight decay: Adam's Δ, and −η·λ·θ beside it, for all parameters, biases too.
 *
 * <p>PyTorch's {@code AdamW}. The decay is part of the update and so is projected with it; it is
 * not part of the loss, whose own term is {@code eigensweep.l2}.
 *
 * <p>Source: I. Loshchilov, F. Hutter, Decoupled Weight Decay Regularization, 2019.
 */
final class AdamW implements Optimizer {
  static final String WEIGHT_DECAY = "weight-decay";

  private final Adam adam;
  private final double decay;

  AdamW(Adam adam, double decay) {
    this.adam = adam;
    this.decay = decay;
  }

  @Override
  public void displace(Step at, Matrix update) {
    adam.displace(at, update);
    update.device().axpy(-at.learningRate() * decay, at.theta(), update);
  }

  @Override
  public OptimizerState state(MatrixKeeper keeper) {
    return adam.state(keeper);
  }

  @Override
  public void restore(OptimizerState state) {
    adam.restore(state);
  }

  /** {@code adamw}. */
  public static final class Kind implements OptimizerKind {
    @Override
    public String name() {
      return "adamw";
    }

    @Override
    public List<Parameter> parameters() {
      var decay = Parameter.notNegative(WEIGHT_DECAY, 0.01);
      return Stream.concat(Adam.Parameters.all().stream(), Stream.of(decay)).toList();
    }

    @Override
    public Optimizer open(Scope owner, int parameters, Map<String, Double> values) {
      Adam adam = new Adam(owner, parameters, Adam.Parameters.of(values));
      return new AdamW(adam, values.get(WEIGHT_DECAY));
    }
  }
}
