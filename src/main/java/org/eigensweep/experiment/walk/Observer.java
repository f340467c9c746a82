package org.eigensweep.experiment.walk;

import java.util.Optional;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.outcome.GradientNoise;
import org.eigensweep.experiment.outcome.ObserverState;
import org.eigensweep.experiment.outcome.Phase;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.MeasuredPoints;
import org.eigensweep.experiment.sweep.RandomStream;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.SubspaceTracker;

/**
 * Measures points of a trajectory. It has a tracker and random numbers of its own and never touches
 * what steers, so a trajectory has the same bits however often it is measured, and whatever of it.
 */
final class Observer implements AutoCloseable {
  private final Phase phase;
  private final Objective train;
  private final Objective test;
  private final Matrix origin;
  private final MeasuredPoints points;
  private final SubspaceTracker tracker;
  private final EarlierSpaces earlier;
  private final Optional<NoiseProbe> noise;
  private long products;

  /**
   * An observer that has seen nothing.
   *
   * @param runner its losses and what is measured
   * @param phase the part of a trial that it looks at
   * @param points that are looked at
   * @param origin n × 1, where distances count from; not owned
   * @param course base updates of the trajectory
   */
  Observer(
      LocalRunner runner,
      Phase phase,
      MeasuredPoints points,
      Matrix origin,
      BaseUpdates.Course course) {
    this.phase = phase;
    this.train = runner.train();
    this.test = runner.test();
    this.origin = origin;
    this.points = points;
    this.tracker =
        new SubspaceTracker(
            origin.device(),
            runner.following().eigenspace(),
            RandomStream.OBSERVER.of(course.seed()));
    this.earlier = new EarlierSpaces(origin.device(), points);
    this.noise = noise(course.lastBatches(), course.seed());
  }

  private Optional<NoiseProbe> noise(Batches batches, long seed) {
    int count = points.measuring().noiseBatches();
    return count > 0 && !(batches instanceof Batches.Full)
        ? Optional.of(new NoiseProbe(train, batches.size(train.examples()), count, seed))
        : Optional.empty();
  }

  /**
   * Looks at a point before the step from there.
   *
   * @return what goes into its row, valid until the next look
   */
  Sight look(int step, Frame frame) {
    Eigenspace space = tracker.refresh(frame.hessian(), frame.theta());
    Evaluation held = test.evaluate(frame.theta());
    var overlaps = earlier.compare(step, space.vectors());
    earlier.remember(step, space.vectors());
    GradientNoise spread =
        noise
            .map(probe -> probe.at(frame.theta(), frame.gradient(), space.vectors(), step))
            .orElseGet(() -> GradientNoise.unknown(space.values().length));
    double distance = phase == Phase.TRUNK ? Double.NaN : distance(frame.theta());
    return new Sight(this, frame, space, new Sight.Seen(held, overlaps, spread, distance));
  }

  /** Looks at the space of a point that has no row, for those that are compared with it. */
  void glance(int step, Frame frame) {
    earlier.remember(step, tracker.refresh(frame.hessian(), frame.theta()).vectors());
  }

  /** Whether loss changes are taken apart as far as that goes. */
  boolean seesWholeLossChange() {
    return points.measuring().lossChange() == LossChange.FULL;
  }

  /** ⟨v, Hv⟩ at a point, for a product. */
  double curvature(Frame frame, Matrix vector) {
    Device device = vector.device();
    try (Scope temporary = device.open()) {
      Matrix product = temporary.matrix(vector.rows(), 1);
      frame.linearization().hessianProduct(vector, product);
      products++;
      return device.dot(vector, product);
    }
  }

  /** The training loss, for a pass. */
  double loss(Matrix theta) {
    return train.evaluate(theta).loss();
  }

  private double distance(Matrix theta) {
    Device device = theta.device();
    try (Scope temporary = device.open()) {
      Matrix way = temporary.matrix(theta.rows(), 1);
      device.copy(theta, way);
      device.axpy(-1, origin, way);
      return device.norm(way);
    }
  }

  ObserverState state(MatrixKeeper keeper) {
    return new ObserverState(tracker.state(keeper), earlier.state(keeper), products);
  }

  void restore(ObserverState state) {
    tracker.restore(state.pairs());
    earlier.restore(state.earlier());
    products = state.products();
  }

  long products() {
    return tracker.products() + products;
  }

  int refreshes() {
    return tracker.refreshes();
  }

  int coldSolves() {
    return tracker.coldSolves();
  }

  @Override
  public void close() {
    tracker.close();
    earlier.close();
  }
}
