package org.eigensweep.experiment.sweep;

import java.io.Serializable;

/** Whether a phase has a learning rate of its own. */
public sealed interface RateChoice extends Serializable {
  /** The learning rate in a trial with another one. */
  double or(double trials);

  /** The trial's. */
  record Inherited() implements RateChoice {
    @Override
    public double or(double trials) {
      return trials;
    }
  }

  /**
   * Its own.
   *
   * @param learningRate η
   */
  record Own(double learningRate) implements RateChoice {
    @Override
    public double or(double trials) {
      return learningRate;
    }
  }
}
