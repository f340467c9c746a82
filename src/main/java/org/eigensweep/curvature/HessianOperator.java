package org.eigensweep.curvature;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.linalg.LinearOperator;

/** The Hessian of an objective at a linearisation, as a linear operator. */
public final class HessianOperator implements LinearOperator {
  private final Linearization linearization;

  /** The Hessian where the linearisation was made; usable while that is open. */
  public HessianOperator(Linearization linearization) {
    this.linearization = linearization;
  }

  @Override
  public Device device() {
    return linearization.gradient().device();
  }

  @Override
  public int size() {
    return linearization.gradient().rows();
  }

  @Override
  public void apply(Matrix x, Matrix y) {
    linearization.hessianProduct(x, y);
  }
}
