package org.eigensweep.curvature;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.linalg.LinearOperator;

/** The matrices that say how a training loss curves. */
public enum CurvatureMatrix {
  /** All second derivatives; see {@link Linearization#hessianProduct}. */
  HESSIAN {
    @Override
    void multiply(Linearization here, Matrix block, Matrix product) {
      here.hessianProduct(block, product);
    }
  },
  /**
   * The generalised Gauss–Newton matrix, which has no curvature of the network itself; see {@link
   * Linearization#gaussNewtonProduct}.
   */
  GGN {
    @Override
    void multiply(Linearization here, Matrix block, Matrix product) {
      here.gaussNewtonProduct(block, product);
    }
  };

  /** product ← matrix·block. */
  abstract void multiply(Linearization here, Matrix block, Matrix product);

  /** The matrix where a linearisation was made, as a linear operator; usable while that is open. */
  public LinearOperator at(Linearization here) {
    return new Operator(this, here);
  }

  private record Operator(CurvatureMatrix matrix, Linearization here) implements LinearOperator {
    @Override
    public Device device() {
      return here.gradient().device();
    }

    @Override
    public int size() {
      return here.gradient().rows();
    }

    @Override
    public void apply(Matrix x, Matrix y) {
      matrix.multiply(here, x, y);
    }
  }
}
