package org.eigensweep.experiment.walk;

import java.util.Map;
import org.eigensweep.array.Matrix;
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

/**
 * What is seen of a point without its eigenspace: the losses, and how long the vectors of the step
 * are. What a gradient over all examples or a product would tell is missing, also where the
 * trajectory has paid for one: a column is null at the same steps for every branch.
 */
final class LossSight implements Sight {
  private final Evaluation train;
  private final Evaluation held;
  private final Distances distances;
  private Components minibatchGradient = Components.missing(0);
  private Components baseUpdate = minibatchGradient;
  private Components update = minibatchGradient;
  private double minibatchLoss = Double.NaN;

  /**
   * A point from which no step was made yet.
   *
   * @param train the training loss
   * @param held the loss on held-out examples
   * @param distances how far the point is from others
   */
  LossSight(Evaluation train, Evaluation held, Distances distances) {
    this.train = train;
    this.held = held;
    this.distances = distances;
  }

  @Override
  public void gradient(Matrix gradient) {
    minibatchGradient = lengthOf(gradient);
  }

  @Override
  public void base(Matrix update) {
    baseUpdate = lengthOf(update);
  }

  @Override
  public void applied(Matrix update, double loss) {
    this.update = lengthOf(update);
    minibatchLoss = loss;
  }

  private static Components lengthOf(Matrix vector) {
    return new Components(vector.device().norm(vector), new double[0]);
  }

  @Override
  public void moved(Matrix theta) {
    // the loss there is that of another row
  }

  @Override
  public Measurement row(
      int step,
      Phase phase,
      double threshold,
      Map<Integer, SteeringAccount> following,
      double seconds) {
    double none = Double.NaN;
    return new Measurement(
        step,
        phase,
        train,
        held,
        Pairs.NONE,
        FullGradient.MISSING,
        new StepTaken(minibatchGradient, baseUpdate, update, none, none, minibatchLoss, none),
        Map.of(),
        GradientNoise.unknown(0),
        threshold,
        following,
        distances,
        seconds,
        PointSpectrum.NONE);
  }

  @Override
  public void close() {
    // it holds no vectors
  }
}
