package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.Schedule;

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
    Setting<Batches> batches,
    Setting<Double> learningRate,
    Setting<Schedule> schedule)
    implements Serializable {
  /** An optimiser, with the rest as chosen further out. */
  public static Recipe of(OptimizerSettings optimizer) {
    return new Recipe(optimizer, Setting.inherited(), Setting.inherited(), Setting.inherited());
  }

  /** The recipe in words, which name a trial in tables and so stay as they are. */
  String description() {
    StringBuilder words = new StringBuilder(optimizer.description());
    batches.own().ifPresent(it -> words.append(" batch-size=").append(it.description()));
    learningRate.own().ifPresent(it -> words.append(" learning-rate=").append(it));
    schedule.own().ifPresent(it -> words.append(" schedule=").append(it.description()));
    return words.toString();
  }
}
