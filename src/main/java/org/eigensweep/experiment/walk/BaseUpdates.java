package org.eigensweep.experiment.walk;

import java.util.List;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Leg;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.linalg.NotFiniteException;
import org.eigensweep.training.Optimizer;
import org.eigensweep.training.OptimizerState;
import org.eigensweep.training.Step;

/**
 * The displacements that base optimisers would make along a trajectory, leg by leg. A leg whose
 * optimiser is of the same kind as that of the leg before goes on with its state.
 */
final class BaseUpdates implements AutoCloseable {
  /**
   * What is particular to the base updates of a trajectory.
   *
   * @param plan of the trial
   * @param legs without gaps, in order of steps
   * @param learningRate η, of legs that have none of their own
   * @param batches examples of a step, of legs that have none of their own
   * @param seed root of the order of the examples
   */
  record Course(
      TrainingPlan plan, List<Leg> legs, double learningRate, Batches batches, long seed) {
    /** Examples of a step of the last leg. */
    Batches lastBatches() {
      return legs.get(legs.size() - 1).recipe().batches().or(batches);
    }
  }

  private final Objective train;
  private final Course course;
  private Leg leg;
  private double learningRate;
  private StepGradient gradients;
  private Scope scope;
  private Optimizer optimizer;
  private boolean adaptive;

  BaseUpdates(Objective train, Course course) {
    this.train = train;
    this.course = course;
    open(course.legs().get(0));
  }

  private void open(Leg next) {
    leg = next;
    gradients = StepGradient.of(next.recipe().batches().or(course.batches()), train, course.seed());
    scope = train.device().open();
    optimizer = next.recipe().optimizer().open(scope, train.parameters());
    adaptive = next.recipe().optimizer().isAdaptive();
  }

  /** Gets ready for a step; asked in order of steps. */
  void enter(int step) {
    Leg next = at(step);
    learningRate =
        next.recipe().learningRate().or(course.learningRate()) * course.plan().factor(step, next);
    if (next.start() == leg.start()) {
      return;
    }
    Scope before = scope;
    try {
      OptimizerState state = optimizer.state(Matrix::snapshot);
      boolean goesOn = next.recipe().optimizer().kind().equals(leg.recipe().optimizer().kind());
      open(next);
      if (goesOn) {
        optimizer.restore(state);
      }
    } finally {
      before.close();
    }
  }

  private Leg at(int step) {
    Leg found = course.legs().get(0);
    for (Leg candidate : course.legs()) {
      found = candidate.start() <= step ? candidate : found;
    }
    return found;
  }

  /** Whether the step needs the training loss linearised at its point. */
  boolean needsFrame() {
    return gradients.needsFrame();
  }

  /** η of the step. */
  double learningRate() {
    return learningRate;
  }

  /** Whether the step's optimiser moves each parameter at a rate of its own. */
  boolean isAdaptive() {
    return adaptive;
  }

  /** The sharpness above which the step's optimiser is unstable; NaN where that is not known. */
  double stabilityThreshold() {
    return leg.recipe().optimizer().stabilityThreshold(learningRate);
  }

  /**
   * Works out the base update of the step that it is ready for.
   *
   * @param frame the point, where it is needed
   * @param theta the point, n × 1
   * @param step its number
   * @param update n × 1, overwritten
   * @param witness told of the gradient and of the base update
   * @return the loss over the step's examples
   */
  double next(Frame frame, Matrix theta, int step, Matrix update, Witness witness) {
    double loss = gradients.at(frame, theta, step, update);
    NotFiniteException.require(loss, "a mini-batch's loss");
    witness.gradient(update);
    optimizer.displace(new At(theta, step), update);
    witness.base(update);
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

  /** Gets ready for a step, and tells the state of the optimiser that makes it. */
  OptimizerState state(int step, MatrixKeeper keeper) {
    enter(step);
    return optimizer.state(keeper);
  }

  /** Gets ready for a step, as it was before it. */
  void restore(int step, OptimizerState state) {
    enter(step);
    optimizer.restore(state);
  }

  @Override
  public void close() {
    scope.close();
  }
}
