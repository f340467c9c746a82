package org.eigensweep.experiment.walk;

import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.outcome.Alignment;
import org.eigensweep.linalg.LinearOperator;
import org.eigensweep.linalg.NotFiniteException;

/** One point of a trajectory: the loss linearised there. */
public final class Frame implements AutoCloseable {
  private final Matrix theta;
  private final Linearization linearization;
  private final LinearOperator hessian;
  private final double gradientNorm;

  private Frame(Matrix theta, Linearization linearization) {
    this.theta = theta;
    this.linearization = linearization;
    this.hessian = CurvatureMatrix.HESSIAN.at(linearization);
    this.gradientNorm = gradient().device().norm(gradient());
    NotFiniteException.require(linearization.evaluation().loss(), "the training loss");
    NotFiniteException.require(gradientNorm, "the gradient norm");
  }

  /**
   * Looks at a point.
   *
   * @param theta n × 1, not to change while the frame is open
   * @throws NotFiniteException if the loss or the gradient is not finite there
   */
  static Frame of(Objective objective, Matrix theta) {
    Linearization linearization = objective.linearize(theta);
    try {
      return new Frame(theta, linearization);
    } catch (RuntimeException e) {
      linearization.close();
      throw e;
    }
  }

  /** The point, n × 1. */
  Matrix theta() {
    return theta;
  }

  Linearization linearization() {
    return linearization;
  }

  LinearOperator hessian() {
    return hessian;
  }

  Matrix gradient() {
    return linearization.gradient();
  }

  double gradientNorm() {
    return gradientNorm;
  }

  /** χ(∇L) for the space that a basis spans; NaN where the gradient is zero. */
  double alignment(Matrix basis) {
    double[] dots = basis.device().dots(basis, gradient());
    return Alignment.of(dots, dots.length, gradientNorm);
  }

  @Override
  public void close() {
    linearization.close();
  }
}
