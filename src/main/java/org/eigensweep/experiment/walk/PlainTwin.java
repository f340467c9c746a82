package org.eigensweep.experiment.walk;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.outcome.TwinState;
import org.eigensweep.linalg.NotFiniteException;
import org.eigensweep.training.OptimizerState;

/**
 * A branch without its projection, run beside it from the same start with the same base updates:
 * where plain training is at the same step. A step costs a gradient, where that of a branch that
 * projects costs a pass over all examples and some products.
 */
final class PlainTwin implements AutoCloseable {
  private final Objective train;
  private final BaseUpdates updates;
  private final Scope scope;
  private final Matrix theta;
  private final Matrix update;
  private boolean finite = true;

  /**
   * A twin that has made no step.
   *
   * @param course base updates of the branch
   * @param start θ at the switch, n × 1; copied
   */
  PlainTwin(Objective train, BaseUpdates.Course course, Matrix start) {
    this.train = train;
    this.updates = new BaseUpdates(train, course);
    Device device = train.device();
    this.scope = device.open();
    this.theta = scope.matrix(start.rows(), 1);
    this.update = scope.matrix(start.rows(), 1);
    device.copy(start, theta);
  }

  /** Takes over what the optimiser remembers at the switch. */
  void startFrom(int step, OptimizerState optimizer) {
    updates.restore(step, optimizer);
  }

  /** Makes a step. Where something is not finite, it has no place from there on. */
  void step(int step) {
    if (!finite) {
      return;
    }
    updates.enter(step);
    try (Frame frame = updates.needsFrame() ? Frame.of(train, theta) : null) {
      updates.next(frame, theta, step, update, Witness.NOBODY);
      train.device().axpy(1, update, theta);
    } catch (NotFiniteException diverged) {
      finite = false;
    }
  }

  /** ‖θ − θ_plain‖; NaN where the twin has no place. */
  double distance(Matrix other) {
    return finite ? Distance.between(other, theta) : Double.NaN;
  }

  TwinState state(int step, MatrixKeeper keeper) {
    return new TwinState(keeper.keep(theta), updates.state(step, keeper), finite);
  }

  void restore(int step, TwinState state) {
    theta.write(state.theta());
    updates.restore(step, state.optimizer());
    finite = state.finite();
  }

  @Override
  public void close() {
    updates.close();
    scope.close();
  }
}
