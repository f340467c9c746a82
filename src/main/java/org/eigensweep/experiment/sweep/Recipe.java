package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import org.eigensweep.training.OptimizerSettings;

/**
 * How base updates are made.
 *
 * @param optimizer the base optimiser
 * @param batches examples of each step
 * @param learningRate η
 */
public record Recipe(OptimizerSettings optimizer, BatchChoice batches, RateChoice learningRate)
    implements Serializable {
  /** The recipe in words, which name a trial in tables and so stay as they are. */
  String description() {
    StringBuilder words = new StringBuilder(optimizer.description());
    if (batches instanceof BatchChoice.Own own) {
      words.append(" batch-size=").append(own.batches().description());
    }
    if (learningRate instanceof RateChoice.Own own) {
      words.append(" learning-rate=").append(own.learningRate());
    }
    return words.toString();
  }
}
