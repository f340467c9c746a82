package org.eigensweep.training;

import java.util.function.IntToDoubleFunction;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** An optimiser on its way over {@link NoisyParabola}. */
final class Walk {
  private final Matrix theta;
  private final Matrix update;
  private final IntToDoubleFunction rate;
  private int step;
  private int gradients;

  Walk(Scope scope, IntToDoubleFunction rate) {
    this.theta = scope.matrix(NoisyParabola.N, 1);
    this.update = scope.matrix(NoisyParabola.N, 1);
    this.rate = rate;
    theta.write(NoisyParabola.start());
  }

  /** One step of an optimiser. */
  void step(Optimizer optimizer) {
    Here here = new Here();
    here.gradient(theta, update);
    optimizer.displace(here, update);
    theta.device().axpy(1, update, theta);
    step++;
  }

  /** Some steps of an optimiser. */
  double[] steps(Optimizer optimizer, int count) {
    for (int i = 0; i < count; i++) {
      step(optimizer);
    }
    return theta();
  }

  double[] theta() {
    return theta.toDoubles();
  }

  double[] update() {
    return update.toDoubles();
  }

  /** Gradients that were taken. */
  int gradients() {
    return gradients;
  }

  private final class Here implements Step {
    @Override
    public double learningRate() {
      return rate.applyAsDouble(step);
    }

    @Override
    public Matrix theta() {
      return theta;
    }

    @Override
    public void gradient(Matrix point, Matrix gradient) {
      gradients++;
      gradient.write(NoisyParabola.gradient(step, point.toDoubles()));
    }
  }
}
