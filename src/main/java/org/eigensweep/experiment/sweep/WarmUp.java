package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import java.util.function.IntFunction;

/**
 * Data-parallel SGD before a trunk: workers make some steps each, and go on from the mean of where
 * they came to. It counts neither as steps of the trial nor as its cost.
 *
 * @param steps steps each worker makes, a multiple of the frequency; 0 for none
 * @param averagingFrequency steps between two means, at least 1
 * @param workers at least 1; each takes a batch a step
 */
public record WarmUp(int steps, int averagingFrequency, int workers) implements Serializable {
  /**
   * Which examples the workers see together, in an order of the warm-up's own.
   *
   * @param seed the trunk's seed
   * @param examples training examples
   * @param batchSize examples that a worker takes for a step
   * @return step, from 0 → workers × batchSize indices, for one thread
   */
  public IntFunction<int[]> batches(long seed, int examples, int batchSize) {
    return new BatchOrder(RandomStream.WARM_UP, seed, examples, workers * batchSize)::batch;
  }
}
