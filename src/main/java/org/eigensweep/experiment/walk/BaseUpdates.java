package org.eigensweep.experiment.walk;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.training.Optimizer;
import org.eigensweep.training.OptimizerState;
import org.eigensweep.training.Step;

/** The displacements that the base optimiser would make along a trajectory. */
final class BaseUpdates implements AutoCloseable {
  private final double learningRate;
  private final StepGradient gradients;
  private final Scope scope;
  private final Optimizer optimizer;

  BaseUpdates(Objective train, TrainingPlan plan, double learningRate, long seed) {
    this.learningRate = learningRate;
    this.gradients = StepGradient.of(plan.batches(), train, seed);
    Device device = train.device();
    this.scope = device.open();
    this.optimizer = plan.optimizer().open(scope, train.parameters());
  }

  /** Whether a step needs the training loss linearised at its point. */
  boolean needsFrame() {
    return gradients.needsFrame();
  }

  /**
   * Works out the base update of a step.
   *
   * @param frame the point, where it is needed
   * @param theta the point, n × 1
   * @param step number of the step
   * @param update n × 1, overwritten
   * @return the loss over the step's examples
   */
  double next(Frame frame, Matrix theta, int step, Matrix update) {
    double loss = gradients.at(frame, theta, step, update);
    Frame.requireFinite(loss, "a mini-batch's loss");
    optimizer.displace(new At(theta, step), update);
    return loss;
  }

  private final class At implements Step {
    private final Matrix theta;
    private final int step;

    At(Matrix theta, int step) {
      this.theta = theta;
      this.step = step;
    }

    @Override
    public double learningRate() {
      return learningRate;
    }

    @Override
    public Matrix theta() {
      return theta;
    }

    @Override
    public void gradient(Matrix point, Matrix gradient) {
      gradients.again(point, step, gradient);
    }
  }

  OptimizerState state(MatrixKeeper keeper) {
    return optimizer.state(keeper);
  }

  void restore(OptimizerState state) {
    optimizer.restore(state);
  }

  @Override
  public void close() {
    scope.close();
  }
}
