package org.eigensweep.experiment.walk;

import java.util.Map;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.experiment.outcome.Components;
import org.eigensweep.experiment.outcome.Distances;
import org.eigensweep.experiment.outcome.FullGradient;
import org.eigensweep.experiment.outcome.GradientNoise;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Pairs;
import org.eigensweep.experiment.outcome.Phase;
import org.eigensweep.experiment.outcome.PointSpectrum;
import org.eigensweep.experiment.outcome.SteeringAccount;
import org.eigensweep.experiment.outcome.StepTaken;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.SpaceOverlap;

/**
 * What is seen of a point and its eigenspace, and of the step from there. The eigenspace is found
 * once the step has been steered, since that may have found it. What passes before is copied until
 * then; all vectors are taken apart along the pairs.
 */
final class EigenspaceSight implements Sight {
  /**
   * What is seen of a point beside its frame.
   *
   * @param space the pairs there, valid as long as this is used
   * @param held the loss on held-out examples
   * @param overlaps lag → overlap with the space so many steps ago
   * @param noise the covariance of the mini-batch gradient
   * @param distances how far the point is from others
   * @param spectrum the whole spectrum, where it is asked for
   */
  record Seen(
      Eigenspace space,
      Evaluation held,
      Map<Integer, SpaceOverlap> overlaps,
      GradientNoise noise,
      Distances distances,
      PointSpectrum spectrum) {}

  private final Observer observer;
  private final int at;
  private final Frame frame;
  private final Scope scope;
  private Matrix gradientOfStep;
  private Matrix baseOfStep;
  private Seen seen;
  private FullGradient gradient;
  private Components updateOfStep;
  private double outsideDotUpdate = Double.NaN;
  private double outsideCurvature = Double.NaN;
  private double minibatchLoss = Double.NaN;
  private double lossAfter = Double.NaN;

  /**
   * A point from which no step was made yet.
   *
   * @param observer who looks
   * @param at step of the point
   * @param frame the point
   */
  EigenspaceSight(Observer observer, int at, Frame frame) {
    this.observer = observer;
    this.at = at;
    this.frame = frame;
    this.scope = device().open();
  }

  @Override
  public void gradient(Matrix gradient) {
    gradientOfStep = scope.matrix(gradient.rows(), 1);
    device().copy(gradient, gradientOfStep);
  }

  @Override
  public void base(Matrix update) {
    baseOfStep = scope.matrix(update.rows(), 1);
    device().copy(update, baseOfStep);
  }

  @Override
  public void applied(Matrix update, double loss) {
    seen = observer.see(at, frame, observer.spaceOfStep(frame));
    updateOfStep = components(update);
    minibatchLoss = loss;
    try (Scope temporary = device().open()) {
      outsideDotUpdate = device().dot(takeApartGradient(temporary), update);
      if (observer.seesWholeLossChange()) {
        Matrix outside = Remainder.of(seen.space().vectors(), update, temporary);
        outsideCurvature = observer.curvature(frame, outside);
      }
    }
  }

  @Override
  public void moved(Matrix theta) {
    if (observer.seesWholeLossChange()) {
      lossAfter = observer.loss(theta);
    }
  }

  /** Returns the part of the full gradient outside of all pairs, n × 1. */
  private Matrix takeApartGradient(Scope owner) {
    Matrix outside = Remainder.of(seen.space().vectors(), frame.gradient(), owner);
    double norm = frame.gradientNorm();
    gradient =
        new FullGradient(
            new Components(norm, device().dots(seen.space().vectors(), frame.gradient())),
            device().norm(outside),
            Remainder.rounding(device(), norm));
    return outside;
  }

  /** A vector of the step; missing where the step did not come so far. */
  private Components components(Matrix vector) {
    Eigenspace space = seen.space();
    return vector == null
        ? Components.missing(space.values().length)
        : new Components(device().norm(vector), device().dots(space.vectors(), vector));
  }

  private Device device() {
    return frame.theta().device();
  }

  @Override
  public Measurement row(
      int step,
      Phase phase,
      double threshold,
      Map<Integer, SteeringAccount> following,
      double seconds) {
    if (seen == null) {
      seen = observer.see(at, frame, observer.space(frame));
      updateOfStep = components(null);
    }
    if (gradient == null) {
      try (Scope temporary = device().open()) {
        takeApartGradient(temporary);
      }
    }
    Eigenspace space = seen.space();
    return new Measurement(
        step,
        phase,
        frame.linearization().evaluation(),
        seen.held(),
        new Pairs(space.values(), space.residuals(), space.products(), space.stop()),
        gradient,
        new StepTaken(
            components(gradientOfStep),
            components(baseOfStep),
            updateOfStep,
            outsideDotUpdate,
            outsideCurvature,
            minibatchLoss,
            lossAfter),
        seen.overlaps(),
        seen.noise(),
        threshold,
        following,
        seen.distances(),
        seconds,
        seen.spectrum());
  }

  @Override
  public void close() {
    scope.close();
  }
}
