package org.eigensweep.training;

import java.util.List;
import java.util.Map;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * RMSProp: v ← β·v + (1−β)·g², Δ = −η·g / (√v + ε), element by element, with v = 0 before the first
 * step.
 *
 * <p>PyTorch's {@code RMSprop} with its defaults: ε outside the root, not centred, no momentum.
 * ND4J's {@code RmsProp} starts at v = ε instead, which lasts some 1/(1−β) steps.
 *
 * <p>Source: T. Tieleman, G. Hinton, lecture 6.5 of Neural Networks for Machine Learning, 2012.
 */
final class RmsProp extends StatefulOptimizer {
  static final String BETA = "beta";
  static final String EPSILON = "epsilon";

  private final double beta;
  private final double epsilon;

  RmsProp(Scope owner, int parameters, double beta, double epsilon) {
    super(owner, parameters, 1);
    this.beta = beta;
    this.epsilon = epsilon;
  }

  @Override
  public void displace(Step at, Matrix update) {
    count();
    Device device = update.device();
    device.multiply(1 - beta, update, update, beta, vector(0));
    device.divideByRoots(-at.learningRate(), update, vector(0), epsilon, update);
  }

  /** {@code rmsprop}. */
  public static final class Kind implements OptimizerKind {
    @Override
    public String name() {
      return "rmsprop";
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(Parameter.memory(BETA, 0.99), Parameter.positive(EPSILON, 1e-8));
    }

    @Override
    public Optimizer open(Scope owner, int parameters, Map<String, Double> values) {
      return new RmsProp(owner, parameters, values.get(BETA), values.get(EPSILON));
    }
  }
}
