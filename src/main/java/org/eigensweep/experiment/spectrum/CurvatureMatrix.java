package org.eigensweep.experiment.spectrum;

import org.eigensweep.curvature.GaussNewtonOperator;
import org.eigensweep.curvature.HessianOperator;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.linalg.LinearOperator;

/** The matrices that say how a training loss curves. */
public enum CurvatureMatrix {
  /** All second derivatives. */
  HESSIAN {
    @Override
    LinearOperator at(Linearization here) {
      return new HessianOperator(here);
    }
  },
  /** The generalised Gauss–Newton matrix, which has no curvature of the network itself. */
  GGN {
    @Override
    LinearOperator at(Linearization here) {
      return new GaussNewtonOperator(here);
    }
  };

  /** The matrix where a linearisation was made; usable while that is open. */
  abstract LinearOperator at(Linearization here);
}
