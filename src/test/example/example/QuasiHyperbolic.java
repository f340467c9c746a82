package example;

import java.util.List;
import java.util.Map;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.training.Optimizer;
import org.eigensweep.training.OptimizerKind;
import org.eigensweep.training.Parameter;
import org.eigensweep.training.StatefulOptimizer;
import org.eigensweep.training.Step;

/**
 * Quasi-hyperbolic momentum: v ← β·v + (1−β)·g, Δ = −η·((1−ν)·g + ν·v).
 *
 * <p>Source: Ma and Yarats, Quasi-hyperbolic momentum and Adam for deep learning, ICLR 2019.
 */
public final class QuasiHyperbolic implements OptimizerKind {
  @Override
  public String name() {
    return "qhm";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.memory("beta", 0.999),
        new Parameter("nu", 0.7, "a number from 0 to 1", x -> x >= 0 && x <= 1));
  }

  @Override
  public Optimizer open(Scope owner, int parameters, Map<String, Double> values) {
    return new Momentum(owner, parameters, values.get("beta"), values.get("nu"));
  }

  private static final class Momentum extends StatefulOptimizer {
    private final double beta;
    private final double nu;

    Momentum(Scope owner, int parameters, double beta, double nu) {
      super(owner, parameters, 1);
      this.beta = beta;
      this.nu = nu;
    }

    @Override
    public void displace(Step at, Matrix update) {
      count();
      Device device = update.device();
      Matrix velocity = vector(0);
      device.scale(beta, velocity);
      device.axpy(1 - beta, update, velocity);
      device.scale(-at.learningRate() * (1 - nu), update);
      device.axpy(-at.learningRate() * nu, velocity, update);
    }
  }
}
