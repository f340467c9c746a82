package org.eigensweep.experiment.walk;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.experiment.outcome.FollowedState;
import org.eigensweep.experiment.outcome.SteeringAccount;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.ErrorMeasure;
import org.eigensweep.linalg.ProjectionTracker;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.TrackedSpace;

/**
 * The dominant space of one rank, as it steers a trajectory, with an account of how it was
 * followed.
 */
final class FollowedSpace implements AutoCloseable {
  private final ProjectionTracker tracker;
  private SteeringAccount counted = SteeringAccount.NOTHING;
  private double largest = Double.NaN;

  FollowedSpace(Device device, Following following, int rank, RandomGenerator random) {
    SolverSettings solver = following.eigenspace();
    SolverSettings space =
        new SolverSettings(rank, solver.tolerance(), solver.which(), solver.maxProducts());
    this.tracker = new ProjectionTracker(device, space, following.error(), random);
  }

  void startFrom(TrackedSpace known) {
    tracker.startFrom(known);
  }

  /**
   * Brings the space up to date for a vector.
   *
   * @return n × rank, orthonormal; valid until the next call
   */
  Matrix follow(Frame frame, Matrix vector, ErrorMeasure measure) {
    tracker.follow(frame.hessian(), frame.theta(), vector, measure);
    double estimate = tracker.estimate();
    largest = Double.isNaN(largest) ? estimate : Math.max(largest, estimate);
    return tracker.basis();
  }

  /** The pairs at the point of the latest call, where it measured them to the tolerance. */
  Optional<Eigenspace> measured() {
    return tracker.measured();
  }

  TrackedSpace snapshot(Frame frame) {
    return tracker.snapshot(frame.hessian(), frame.theta());
  }

  FollowedState state(MatrixKeeper keeper) {
    return new FollowedState(tracker.state(keeper), counted, largest);
  }

  void restore(FollowedState state) {
    tracker.restore(state.tracker());
    counted = state.counted();
    largest = state.largest();
  }

  /** All so far; the error is that since the latest row. */
  SteeringAccount total() {
    return new SteeringAccount(
        tracker.products(),
        tracker.corrections(),
        tracker.refreshes(),
        tracker.coldSolves(),
        largest);
  }

  /** What has happened since this was asked last. */
  SteeringAccount sinceLastRow() {
    SteeringAccount before = counted;
    counted = total();
    largest = Double.NaN;
    return new SteeringAccount(
        counted.products() - before.products(),
        counted.corrections() - before.corrections(),
        counted.refreshes() - before.refreshes(),
        counted.coldSolves() - before.coldSolves(),
        counted.error());
  }

  @Override
  public void close() {
    tracker.close();
  }
}
