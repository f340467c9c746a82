package org.eigensweep.experiment.walk;

import java.util.Arrays;
import java.util.Map;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Phase;
import org.eigensweep.experiment.outcome.SteeringAccount;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.SubspaceState;
import org.eigensweep.linalg.SubspaceTracker;

/**
 * Measures points of a trajectory. It has a tracker of its own and never touches what steers, so a
 * trajectory has the same bits however often it is measured.
 */
final class Observer implements AutoCloseable {
  /**
   * What is seen of a point before the step from there.
   *
   * @param space the pairs, valid until the next look
   * @param held the loss on held-out examples
   * @param distance ‖θ − θ_start‖; NaN in the trunk
   */
  record Sight(Eigenspace space, Evaluation held, double distance) {}

  private final Phase phase;
  private final Objective test;
  private final Matrix origin;
  private final SubspaceTracker tracker;

  /**
   * An observer that has seen nothing.
   *
   * @param phase the part of a trial that it looks at
   * @param test loss on held-out examples
   * @param origin n × 1, where distances count from; not owned
   * @param tracker of the pairs; owned
   */
  Observer(Phase phase, Objective test, Matrix origin, SubspaceTracker tracker) {
    this.phase = phase;
    this.test = test;
    this.origin = origin;
    this.tracker = tracker;
  }

  Sight look(Frame frame) {
    Eigenspace space = tracker.refresh(frame.hessian(), frame.theta());
    Evaluation held = test.evaluate(frame.theta());
    return new Sight(space, held, phase == Phase.TRUNK ? Double.NaN : distance(frame.theta()));
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

  /**
   * The row of a point.
   *
   * @param number of its step
   * @param frame the point
   * @param sight what was seen there
   * @param made the update made from there, and over which loss; null if none was made
   * @param following how the spaces that steer were followed since the row before
   * @param seconds wall-clock time
   */
  Measurement measurement(
      int number,
      Frame frame,
      Sight sight,
      Made made,
      Map<Integer, SteeringAccount> following,
      double seconds) {
    Evaluation trained = frame.linearization().evaluation();
    Device device = frame.theta().device();
    Eigenspace space = sight.space();
    double[] missing = new double[space.values().length];
    Arrays.fill(missing, Double.NaN);
    try (Scope temporary = device.open()) {
      Matrix outside = Remainder.of(space.vectors(), frame.gradient(), temporary);
      return new Measurement(
          number,
          phase,
          trained.loss(),
          trained.accuracy(),
          sight.held().loss(),
          sight.held().accuracy(),
          frame.gradientNorm(),
          device.norm(outside),
          Remainder.rounding(device, frame.gradientNorm()),
          made == null ? Double.NaN : device.norm(made.update()),
          made == null ? Double.NaN : device.dot(outside, made.update()),
          space.values(),
          space.residuals(),
          device.dots(space.vectors(), frame.gradient()),
          made == null ? missing : device.dots(space.vectors(), made.update()),
          space.products(),
          space.stop(),
          following,
          sight.distance(),
          made == null ? Double.NaN : made.loss(),
          seconds);
    }
  }

  /**
   * A step.
   *
   * @param update n × 1, the displacement after projection
   * @param loss over the step's examples
   */
  record Made(Matrix update, double loss) {}

  SubspaceState state(MatrixKeeper keeper) {
    return tracker.state(keeper);
  }

  void restore(SubspaceState state) {
    tracker.restore(state);
  }

  long products() {
    return tracker.products();
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
  }
}
