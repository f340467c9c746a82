package org.eigensweep.experiment;

import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.HessianOperator;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.NotFiniteException;
import org.eigensweep.linalg.SubspaceTracker;

/**
 * One point of a trajectory seen in full: the linearisation there, the leading eigenspace, and the
 * gradient's coordinates in it. The eigenvectors belong to the tracker that found them.
 */
final class Frame implements AutoCloseable {
  private final Linearization linearization;
  private final Eigenspace space;
  private final double gradientNorm;
  private final double[] gradientDots;

  private Frame(Linearization linearization, SubspaceTracker tracker) {
    this.linearization = linearization;
    this.gradientNorm = gradient().device().norm(gradient());
    requireFinite(linearization.evaluation().loss(), "the training loss");
    requireFinite(gradientNorm, "the gradient norm");
    this.space = tracker.refresh(new HessianOperator(linearization));
    this.gradientDots = dots(gradient());
  }

  /**
   * Looks at a point.
   *
   * @throws NotFiniteException if the loss, the gradient or a product is not finite there
   */
  static Frame of(Objective objective, Matrix theta, SubspaceTracker tracker) {
    Linearization linearization = objective.linearize(theta);
    try {
      return new Frame(linearization, tracker);
    } catch (RuntimeException e) {
      linearization.close();
      throw e;
    }
  }

  static void requireFinite(double value, String what) {
    if (!Double.isFinite(value)) {
      throw new NotFiniteException(what);
    }
  }

  Linearization linearization() {
    return linearization;
  }

  Matrix gradient() {
    return linearization.gradient();
  }

  Eigenspace space() {
    return space;
  }

  double gradientNorm() {
    return gradientNorm;
  }

  /** ⟨u_i, ∇L⟩, one a pair. */
  double[] gradientDots() {
    return gradientDots;
  }

  /** ⟨u_i, v⟩, one a pair. */
  double[] dots(Matrix v) {
    double[] dots = new double[space.values().length];
    for (int i = 0; i < dots.length; i++) {
      dots[i] = v.device().dot(space.vectors().column(i), v);
    }
    return dots;
  }

  /** χ_k(∇L). */
  double alignment(int k) {
    double sum = 0;
    for (int i = 0; i < k; i++) {
      sum += gradientDots[i] * gradientDots[i];
    }
    return Math.sqrt(sum) / gradientNorm;
  }

  @Override
  public void close() {
    linearization.close();
  }
}
