package org.eigensweep.training;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;

/**
 * Sharpness-aware minimisation, not adaptive: the base optimiser gets the gradient at θ + ρ·g/|g|
 * over the same examples, and moves θ. A gradient of zero has no direction, and is passed on as it
 * is.
 *
 * <p>Source: P. Foret, A. Kleiner, H. Mobahi, B. Neyshabur, Sharpness-Aware Minimization for
 * Efficiently Improving Generalization, 2021.
 */
final class Sam implements Optimizer {
  private final double radius;
  private final Optimizer base;

  /**
   * Goes before an optimiser.
   *
   * @param radius ρ, above 0
   */
  Sam(double radius, Optimizer base) {
    this.radius = radius;
    this.base = base;
  }

  @Override
  public void displace(Step at, Matrix update) {
    Device device = update.device();
    double norm = device.norm(update);
    if (norm > 0) {
      try (Scope scope = device.open()) {
        Matrix point = scope.matrix(update.rows(), 1);
        device.copy(at.theta(), point);
        device.axpy(radius / norm, update, point);
        at.gradient(point, update);
      }
    }
    base.displace(at, update);
  }

  @Override
  public OptimizerState state(MatrixKeeper keeper) {
    return base.state(keeper);
  }

  @Override
  public void restore(OptimizerState state) {
    base.restore(state);
  }
}
