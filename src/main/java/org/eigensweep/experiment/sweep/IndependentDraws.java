package org.eigensweep.experiment.sweep;

import java.util.random.RandomGenerator;

/**
 * Which examples each step sees: each is drawn from all, with replacement. The draws of a step
 * depend on the seed and the step alone, so every branch of a trunk sees the same batches, and a
 * resumed trial goes on with the right one.
 *
 * @param seed of the trial
 * @param examples number of examples
 * @param batchSize examples of a step
 */
public record IndependentDraws(long seed, int examples, int batchSize) {
  /** The examples of a step, counted from 0. */
  public int[] batch(int step) {
    RandomGenerator random = RandomStream.BATCHES.of(seed, step);
    return random.ints(batchSize, 0, examples).toArray();
  }
}
