package org.eigensweep.training;

import java.util.List;
import java.util.Map;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Heavy ball: v ← β·v + g, Δ = −η·v, with v = 0 before the first step.
 *
 * <p>PyTorch's {@code SGD} with momentum and without dampening. The learning rate stands outside
 * the average, so a schedule acts on all of it at once.
 *
 * <p>Source: B. T. Polyak, Some methods of speeding up the convergence of iteration methods, 1964.
 */
final class HeavyBall extends StatefulOptimizer {
  static final String BETA = "beta";

  private final double beta;

  HeavyBall(Scope owner, int parameters, double beta) {
    super(owner, parameters, 1);
    this.beta = beta;
  }

  @Override
  public void displace(Step at, Matrix update) {
    count();
    Device device = update.device();
    device.axpy(beta, vector(0), update);
    device.copy(update, vector(0));
    device.scale(-at.learningRate(), update);
  }

  /** {@code heavy-ball}. */
  public static final class Kind implements OptimizerKind {
    @Override
    public String name() {
      return "heavy-ball";
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(Parameter.memory(BETA, 0.9));
    }

    @Override
    public double stabilityBound(Map<String, Double> values) {
      return 2 + 2 * values.get(BETA);
    }

    @Override
    public Optimizer open(Scope owner, int parameters, Map<String, Double> values) {
      return new HeavyBall(owner, parameters, values.get(BETA));
    }
  }
}
