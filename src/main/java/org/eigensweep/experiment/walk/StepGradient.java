package org.eigensweep.experiment.walk;

import java.util.function.IntFunction;
import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.sweep.BatchOrder;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.IndependentDraws;
import org.eigensweep.experiment.sweep.RandomStream;

/** Where the gradient of a step comes from. */
sealed interface StepGradient {
  /** Whether a step needs the training loss linearised at its point. */
  boolean needsFrame();

  /**
   * The gradient of a step.
   *
   * @param frame the point, where it is needed
   * @param theta the point, n × 1
   * @param step number of the step
   * @param gradient n × 1, overwritten
   * @return the loss over the step's examples
   */
  double at(Frame frame, Matrix theta, int step, Matrix gradient);

  /**
   * The gradient over the same examples at another point.
   *
   * @param point n × 1
   * @param step number of the step
   * @param gradient n × 1, overwritten
   */
  void again(Matrix point, int step, Matrix gradient);

  /** The gradient for these batches. */
  static StepGradient of(Batches batches, Objective train, long seed) {
    if (batches instanceof Batches.Shuffled shuffled) {
      return new OfBatch(
          train,
          new BatchOrder(RandomStream.BATCHES, seed, train.examples(), shuffled.size())::batch);
    }
    if (batches instanceof Batches.Independent independent) {
      return new OfBatch(
          train, new IndependentDraws(seed, train.examples(), independent.size())::batch);
    }
    return new OfAll(train);
  }

  /**
   * Over a mini-batch.
   *
   * @param batches number of a step → its examples
   */
  record OfBatch(Objective train, IntFunction<int[]> batches) implements StepGradient {
    @Override
    public boolean needsFrame() {
      return false;
    }

    @Override
    public double at(Frame frame, Matrix theta, int step, Matrix gradient) {
      return train.minibatchGradient(theta, batches.apply(step), gradient);
    }

    @Override
    public void again(Matrix point, int step, Matrix gradient) {
      train.minibatchGradient(point, batches.apply(step), gradient);
    }
  }

  /** Over all examples: what the frame has found already, for no second pass. */
  record OfAll(Objective train) implements StepGradient {
    @Override
    public boolean needsFrame() {
      return true;
    }

    @Override
    public double at(Frame frame, Matrix theta, int step, Matrix gradient) {
      gradient.device().copy(frame.gradient(), gradient);
      return frame.linearization().evaluation().loss();
    }

    @Override
    public void again(Matrix point, int step, Matrix gradient) {
      try (Linearization there = train.linearize(point)) {
        gradient.device().copy(there.gradient(), gradient);
      }
    }
  }
}
