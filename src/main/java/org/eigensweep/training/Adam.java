package org.eigensweep.training;

import java.util.List;
import java.util.Map;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Adam: m ← β₁·m + (1−β₁)·g, v ← β₂·v + (1−β₂)·g², Δ = −η·m̂ / (√v̂ + ε), element by element, with
 * m̂ = m / (1−β₁ᵗ) and v̂ = v / (1−β₂ᵗ) in step t = 1, 2, …
 *
 * <p>PyTorch's {@code Adam}, which is Algorithm 1 of the source: ε beside the corrected root.
 * ND4J's {@code Adam} sets ε beside the uncorrected one, the source's shorter form, whose ε is thus
 * smaller by √(1−β₂ᵗ).
 *
 * <p>Source: D. P. Kingma, J. Ba, Adam: A Method for Stochastic Optimization, 2015.
 */
final class Adam extends StatefulOptimizer {
  /** Its parameters in settings. */
  record Parameters(double beta1, double beta2, double epsilon) {
    private static final String BETA1 = "beta1";
    private static final String BETA2 = "beta2";
    private static final String EPSILON = "epsilon";

    static List<Parameter> all() {
      return List.of(
          Parameter.memory(BETA1, 0.9),
          Parameter.memory(BETA2, 0.999),
          Parameter.positive(EPSILON, 1e-8));
    }

    static Parameters of(Map<String, Double> values) {
      return new Parameters(values.get(BETA1), values.get(BETA2), values.get(EPSILON));
    }
  }

  private final Parameters with;

  Adam(Scope owner, int parameters, Parameters with) {
    super(owner, parameters, 2);
    this.with = with;
  }

  @Override
  public void displace(Step at, Matrix update) {
    long t = count();
    Device device = update.device();
    Matrix mean = vector(0);
    Matrix squares = vector(1);
    device.scale(with.beta1, mean);
    device.axpy(1 - with.beta1, update, mean);
    device.multiply(1 - with.beta2, update, update, with.beta2, squares);
    // Both corrections as factors: one pass divides.
    double root = Math.sqrt(corrected(with.beta2, t));
    double rate = at.learningRate() * root / corrected(with.beta1, t);
    device.divideByRoots(-rate, mean, squares, with.epsilon * root, update);
  }

  /** 1 − βᵗ, the same on every machine. */
  private static double corrected(double beta, long t) {
    return 1 - StrictMath.pow(beta, (double) t);
  }

  /** {@code adam}. */
  public static final class Kind implements OptimizerKind {
    @Override
    public String name() {
      return "adam";
    }

    @Override
    public List<Parameter> parameters() {
      return Parameters.all();
    }

    @Override
    public Optimizer open(Scope owner, int parameters, Map<String, Double> values) {
      return new Adam(owner, parameters, Parameters.of(values));
    }
  }
}
