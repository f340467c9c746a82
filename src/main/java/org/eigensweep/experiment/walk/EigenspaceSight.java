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
 * What is seen of a point and its eigenspace, and of the step from there. Vectors are taken apart
 * along the pairs as they pass; none is copied.
 */
final class EigenspaceSight implements Sight {
  /**
   * What is seen of a point beside its frame and its pairs.
   *
   * @param held the loss on held-out examples
   * @param overlaps lag → overlap with the space so many steps ago
   * @param noise the covariance of the mini-batch gradient
   * @param distances how far the point is from others
   * @param spectrum the whole spectrum, where it is asked for
   */
  record Seen(
      Evaluation held,
      Map<Integer, SpaceOverlap> overlaps,
      GradientNoise noise,
      Distances distances,
      PointSpectrum spectrum) {}

  private final Observer observer;
  private final Frame frame;
  private final Eigenspace space;
  private final Seen seen;
  private FullGradient gradient;
  private Components minibatchGradient;
  private Components baseUpdate;
  private Components update;
  private double outsideDotUpdate = Double.NaN;
  private double outsideCurvature = Double.NaN;
  private double minibatchLoss = Double.NaN;
  private double lossAfter = Double.NaN;

  /**
   * A point from which no step was made yet.
   *
   * @param observer who looks
   * @param frame the point
   * @param space the pairs there, valid as long as this is used
   * @param seen what else there is
   */
  EigenspaceSight(Observer observer, Frame frame, Eigenspace space, Seen seen) {
    this.observer = observer;
    this.frame = frame;
    this.space = space;
    this.seen = seen;
    this.minibatchGradient = Components.missing(space.values().length);
    this.baseUpdate = minibatchGradient;
    this.update = minibatchGradient;
  }

  @Override
  public void gradient(Matrix gradient) {
    minibatchGradient = components(gradient);
  }

  @Override
  public void base(Matrix update) {
    baseUpdate = components(update);
  }

  @Override
  public void applied(Matrix update, double loss) {
    this.update = components(update);
    minibatchLoss = loss;
    try (Scope temporary = device().open()) {
      outsideDotUpdate = device().dot(takeApartGradient(temporary), update);
      if (observer.seesWholeLossChange()) {
        Matrix outside = Remainder.of(space.vectors(), update, temporary);
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
    Matrix outside = Remainder.of(space.vectors(), frame.gradient(), owner);
    double norm = frame.gradientNorm();
    gradient =
        new FullGradient(
            new Components(norm, device().dots(space.vectors(), frame.gradient())),
            device().norm(outside),
            Remainder.rounding(device(), norm));
    return outside;
  }

  private Components components(Matrix vector) {
    return new Components(device().norm(vector), device().dots(space.vectors(), vector));
  }

  private Device device() {
    return space.vectors().device();
  }

  @Override
  public Measurement row(
      int step,
      Phase phase,
      double threshold,
      Map<Integer, SteeringAccount> following,
      double seconds) {
    if (gradient == null) {
      try (Scope temporary = device().open()) {
        takeApartGradient(temporary);
      }
    }
    return new Measurement(
        step,
        phase,
        frame.linearization().evaluation(),
        seen.held(),
        new Pairs(space.values(), space.residuals(), space.products(), space.stop()),
        gradient,
        new StepTaken(
            minibatchGradient,
            baseUpdate,
            update,
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
    // the pairs are the tracker's
  }
}
