package org.eigensweep.training;

import java.util.List;
import java.util.Map;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Nesterov's momentum: v ← β·v + g, Δ = −η·(g + β·v), with v = 0 before the first step.
 *
 * <p>PyTorch's {@code SGD} with {@code nesterov = True}. ND4J's {@code Nesterovs} keeps −η·v
 * instead: the same while η is constant, another optimiser where a schedule changes it.
 *
 * <p>Source: I. Sutskever, J. Martens, G. Dahl, G. Hinton, On the importance of initialization and
 * momentum in deep learning, 2013, with the look-ahead point as the parameters.
 */
final class Nesterov extends StatefulOptimizer {
  static final String BETA = "beta";

  private final double beta;

  Nesterov(Scope owner, int parameters, double beta) {
    super(owner, parameters, 1);
    this.beta = beta;
  }

  @Override
  public void displace(Step at, Matrix update) {
    count();
    Device device = update.device();
    Matrix velocity = vector(0);
    device.scale(beta, velocity);
    device.axpy(1, update, velocity);
    device.axpy(beta, velocity, update);
    device.scale(-at.learningRate(), update);
  }

  /** {@code nesterov}. */
  public static final class Kind implements OptimizerKind {
    @Override
    public String name() {
      return "nesterov";
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(Parameter.memory(BETA, 0.9));
    }

    @Override
    public double stabilityBound(Map<String, Double> values) {
      double beta = values.get(BETA);
      return (2 + 2 * beta) / (1 + 2 * beta);
    }

    @Override
    public Optimizer open(Scope owner, int parameters, Map<String, Double> values) {
      return new Nesterov(owner, parameters, values.get(BETA));
    }
  }
}
