package org.eigensweep.experiment.walk;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.KeptPoint;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Phase;
import org.eigensweep.experiment.outcome.Watched;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.MeasuredPoints;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.linalg.ErrorMeasure;
import org.eigensweep.linalg.NotFiniteException;
import org.eigensweep.training.BranchRule;
import org.eigensweep.training.OptimizerState;
import org.eigensweep.training.UpdateRule;

/**
 * A walk through weight space: at each point it may look at the eigenspace, either because that
 * steers it or only to measure, and then it makes a step.
 *
 * <p>{@link Steering} and the {@link Observer} have a tracker each. What steers is exact for the
 * one vector that matters: the update that is projected, or the gradient whose alignment ends a
 * trunk. What measures is the whole space. Where a branch has just measured it to steer, its row
 * takes that.
 */
final class Trajectory implements AutoCloseable {
  /**
   * What is particular to a trajectory: its place in the sweep, and its start.
   *
   * @param ranks the k of the spaces that may steer it; an update is projected on the first
   * @param course its base updates
   */
  record Start(
      Phase phase,
      BranchRule rule,
      List<Integer> ranks,
      int step,
      MatrixSource theta,
      BaseUpdates.Course course) {}

  /** Why a walk went no further. */
  enum End {
    /** The guide ended it, or the last step was made. */
    REACHED,
    /** Something was not finite. */
    DIVERGED,
    /** Its segment is over. */
    PAUSED
  }

  private final TrainingPlan plan;
  private final Objective train;
  private final Start start;
  private final BaseUpdates updates;
  private final Scope scope;
  private final Matrix theta;
  private final Matrix update;
  private final Steering steering;
  private final MeasuredPoints points;
  private final Observer observer;
  private final Meter meter;
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Integer> keptSteps;
  private final List<KeptPoint> kept = new ArrayList<>();
  private int step;

  Trajectory(LocalRunner runner, Start start) {
    this.plan = runner.plan();
    Following following = runner.following();
    this.train = runner.train();
    this.start = start;
    this.updates = new BaseUpdates(train, start.course());
    updates.enter(start.step());
    Device device = train.device();
    long seed = start.course().seed();
    this.scope = device.open();
    this.theta = scope.copyOf(start.theta());
    Matrix origin = scope.matrix(theta.rows(), 1);
    device.copy(theta, origin);
    this.update = scope.matrix(theta.rows(), 1);
    this.steering = new Steering(device, following, start.ranks(), seed);
    this.points = new MeasuredPoints(following.measuring(), start.step(), plan.steps());
    this.observer = new Observer(runner, start, points, origin, steering);
    this.meter = new Meter(steering, observer);
    this.keptSteps = following.keptSteps();
    this.step = start.step();
  }

  /** What steers it. */
  Steering steering() {
    return steering;
  }

  /** What its base updates are. */
  BaseUpdates updates() {
    return updates;
  }

  /** What it costs. */
  Meter meter() {
    return meter;
  }

  /** Where it is now, between two steps. */
  Checkpoint checkpoint(MatrixKeeper keeper, Watched watched) {
    return new Checkpoint(
        step,
        keeper.keep(theta),
        updates.state(step, keeper),
        steering.state(keeper),
        observer.state(step, keeper),
        List.copyOf(measurements),
        List.copyOf(kept),
        meter.seconds(),
        watched);
  }

  /** Takes over what the base optimiser of a trunk remembers. */
  void startFrom(OptimizerState optimizer) {
    updates.restore(step, optimizer);
    observer.startFrom(step, optimizer);
  }

  /** Goes on from where it paused; it must not have made a step since its start. */
  void restore(Checkpoint at) {
    step = at.step();
    theta.write(at.theta());
    updates.restore(step, at.optimizer());
    steering.restore(at.steering());
    observer.restore(step, at.observing());
    measurements.addAll(at.measurements());
    kept.addAll(at.kept());
    meter.restore(step - start.step(), at.seconds());
  }

  /**
   * Walks until the guide ends it, the last step is made or the segment is over. Where it diverged,
   * the last measurement is that of the step at which something was not finite, with what was
   * measured there.
   */
  End walk(Guide guide, Segment segment) {
    segment.begins();
    int told = measurements.size();
    try {
      while (visit(guide)) {
        if (measurements.size() > told) {
          told = measurements.size();
          segment.measured(measurements.get(told - 1));
        }
        segment.stepped();
        if (segment.pauses()) {
          return End.PAUSED;
        }
      }
      return End.REACHED;
    } catch (NotFiniteException diverged) {
      if (measurements.isEmpty() || measurements.get(measurements.size() - 1).step() != step) {
        measurements.add(
            Measurement.ofNothing(step, start.phase(), steering.sinceLastRow(), meter.seconds()));
      }
      return End.DIVERGED;
    }
  }

  /** Looks, decides and steps at one point; false if the walk ends there. */
  private boolean visit(Guide guide) {
    keep();
    updates.enter(step);
    boolean last = step == plan.steps();
    boolean steers = guide.steersAt(step);
    boolean looks = points.needsSpace(step);
    try (Frame frame = steers || looks || updates.needsFrame() ? Frame.of(train, theta) : null) {
      if (steers && guide.endsAt(step, frame)) {
        return false;
      }
      try (Sight sight = look(frame)) {
        if (last) {
          measure(sight);
          return false;
        }
        try {
          move(frame, sight == null ? Witness.NOBODY : sight);
        } catch (NotFiniteException diverged) {
          measure(sight);
          throw diverged;
        }
        measure(sight);
      }
      observer.stepped(step);
      step++;
      meter.stepped();
      return true;
    }
  }

  /** What is seen of the point; null where it has no row. */
  private Sight look(Frame frame) {
    if (points.hasEigenspace(step)) {
      return observer.eigenspace(step, frame);
    }
    if (points.needsSpace(step)) {
      observer.glance(step, frame);
    }
    return points.hasRow(step) ? observer.losses(theta, frame) : null;
  }

  /** Parameters that are not finite are no point to come back to. */
  private void keep() {
    if (keptSteps.contains(step) && Double.isFinite(theta.device().norm(theta))) {
      kept.add(new KeptPoint(step, theta.snapshot()));
    }
  }

  private void move(Frame frame, Witness witness) {
    double loss =
        start.rule().projects() ? nextProjected(frame, witness) : nextPlain(frame, witness);
    witness.applied(update, loss);
    theta.device().axpy(1, update, theta);
    witness.moved(theta);
  }

  private double nextPlain(Frame frame, Witness witness) {
    double loss = updates.next(frame, theta, step, update, witness);
    rule().apply(null, update);
    return loss;
  }

  private double nextProjected(Frame frame, Witness witness) {
    Stride stride = new Stride(witness);
    boolean adaptive = updates.isAdaptive();
    double loss = updates.next(frame, theta, step, update, adaptive ? stride : witness);
    double rate = adaptive ? stride.perGradient() : updates.learningRate();
    UpdateRule rule = rule();
    ErrorMeasure measure = ErrorMeasure.ofUpdate(rate).times(rule.dominant() - rule.bulk());
    int rank = start.ranks().get(0);
    rule.apply(steering.follow(rank, frame, update, measure), update);
    return loss;
  }

  /** The factors of this step. */
  private UpdateRule rule() {
    return start.rule().at(step - start.step());
  }

  /** Adds the row of a point, if it was looked at. */
  private void measure(Sight sight) {
    if (sight != null) {
      double threshold = updates.stabilityThreshold();
      measurements.add(
          sight.row(step, start.phase(), threshold, steering.sinceLastRow(), meter.seconds()));
    }
  }

  List<Measurement> measurements() {
    return measurements;
  }

  List<KeptPoint> kept() {
    return List.copyOf(kept);
  }

  @Override
  public void close() {
    observer.close();
    steering.close();
    updates.close();
    scope.close();
  }
}
