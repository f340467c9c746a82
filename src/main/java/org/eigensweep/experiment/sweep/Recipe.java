package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import org.eigensweep.training.OptimizerSettings;

/**
 * How base updates are made.
 *
 * @param optimizer the base optimiser
 * @param batches examples of each step
 * @param learningRate η, the schedule's factor aside
 * @param schedule how η changes
 */
public record Recipe(
    OptimizerSettings optimizer,
    BatchChoice batches,
    RateChoice learningRate,
    ScheduleChoice schedule)
    implements Serializable {
  /** An optimiser, with the rest as chosen further out. */
  public static Recipe of(OptimizerSettings optimizer) {
    return new Recipe(
        optimizer,
        new BatchChoice.Inherited(),
        new RateChoice.Inherited(),
        new ScheduleChoice.Inherited());
  }

  /** The recipe in words, which name a trial in tables and so stay as they are. */
  String description() {
    StringBuilder words = new StringBuilder(optimizer.description());
    if (batches instanceof BatchChoice.Own own) {
      words.append(" batch-size=").append(own.batches().description());
    }
    if (learningRate instanceof RateChoice.Own own) {
      words.append(" learning-rate=").append(own.learningRate());
    }
    if (schedule instanceof ScheduleChoice.Own own) {
      words.append(" schedule=").append(own.schedule().description());
    }
    return words.toString();
  }
}
