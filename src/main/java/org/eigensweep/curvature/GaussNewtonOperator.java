package org.eigensweep.curvature;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.linalg.LinearOperator;

/**
 * The generalised Gauss–Newton matrix of an objective at a linearisation, as a linear operator; see
 * {@link Linearization#gaussNewtonProduct}.
 */
public final class GaussNewtonOperator implements LinearOperator {
  private final Linearization linearization;

  /** The matrix where the linearisation was made; usable while that is open. */
  public GaussNewtonOperator(Linearization linearization) {
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
    linearization.gaussNewtonProduct(x, y);
  }
}
