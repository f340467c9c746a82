package org.eigensweep.experiment;

import java.util.random.RandomGenerator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.linalg.ErrorMeasure;
import org.eigensweep.linalg.ProjectionTracker;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.TrackedSpace;

/**
 * The dominant space of one rank, as it steers a trajectory, with an account of how it was
 * followed. Each rank has a tracker, a budget and random numbers of its own, so that none depends
 * on which other ranks there are.
 */
final class Steering implements AutoCloseable {
  private final ProjectionTracker tracker;
  private SteeringAccount total = SteeringAccount.NOTHING;
  private double largest = Double.NaN;

  Steering(Device device, Protocol protocol, int rank, RandomGenerator random) {
    SolverSettings solver = protocol.eigenspace();
    SolverSettings space =
        new SolverSettings(rank, solver.tolerance(), solver.which(), solver.maxProducts());
    this.tracker = new ProjectionTracker(device, space, protocol.error(), random);
  }

  void startFrom(TrackedSpace known) {
    tracker.startFrom(known);
  }

  /**
   * Brings the space up to date for a vector.
   *
   * @return n × rank, orthonormal; valid until the next call
   */
  Matrix follow(Frame frame, Matrix theta, Matrix vector, ErrorMeasure measure) {
    tracker.follow(frame.hessian(), theta, vector, measure);
    double estimate = tracker.estimate();
    largest = Double.isNaN(largest) ? estimate : Math.max(largest, estimate);
    return tracker.basis();
  }

  TrackedSpace snapshot(Frame frame, Matrix theta) {
    return tracker.snapshot(frame.hessian(), theta);
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
    SteeringAccount before = total;
    total = total();
    largest = Double.NaN;
    return new SteeringAccount(
        total.products() - before.products(),
        total.corrections() - before.corrections(),
        total.refreshes() - before.refreshes(),
        total.coldSolves() - before.coldSolves(),
        total.error());
  }

  @Override
  public void close() {
    tracker.close();
  }
}
