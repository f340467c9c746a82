package org.eigensweep.experiment.walk;

import org.eigensweep.array.Matrix;

/**
 * How far a base optimiser goes for a gradient, ‖Δ‖/‖g‖. It stands for the learning rate where the
 * optimiser scales each parameter on its own: Adam's Δ is about η long in each parameter, however
 * short g is, so that η says nothing of how much an error in θ comes back with.
 */
final class Stride implements Witness {
  private final Witness next;
  private double gradient;
  private double base;

  /**
   * Looks on beside another witness.
   *
   * @param next told of all that this one is told of
   */
  Stride(Witness next) {
    this.next = next;
  }

  /** ‖Δ‖/‖g‖; 0 where both are zero. */
  double perGradient() {
    return base == 0 ? 0 : base / gradient;
  }

  @Override
  public void gradient(Matrix gradient) {
    this.gradient = gradient.device().norm(gradient);
    next.gradient(gradient);
  }

  @Override
  public void base(Matrix update) {
    base = update.device().norm(update);
    next.base(update);
  }

  @Override
  public void applied(Matrix update, double loss) {
    next.applied(update, loss);
  }

  @Override
  public void moved(Matrix theta) {
    next.moved(theta);
  }
}
