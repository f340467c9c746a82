package org.eigensweep.experiment.sweep;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Which examples each step sees: every epoch a fresh random order of all examples, cut into batches
 * without replacement. The order of an epoch depends on the seed and the epoch alone, so every
 * branch of a trunk sees the same batches, and a resumed trial goes on with the right one. Examples
 * that do not fill a last batch sit the epoch out.
 */
public final class BatchOrder {
  private final RandomStream purpose;
  private final long seed;
  private final int batchSize;
  private final int[] order;
  private int epochAtHand = -1;

  /** The order for a seed, from one of its streams. */
  public BatchOrder(RandomStream purpose, long seed, int examples, int batchSize) {
    this.purpose = purpose;
    this.seed = seed;
    this.batchSize = batchSize;
    this.order = new int[examples];
  }

  /** The examples of a step, counted from 0. */
  public int[] batch(int step) {
    int batchesAnEpoch = order.length / batchSize;
    int epoch = step / batchesAnEpoch;
    if (epoch != epochAtHand) {
      shuffle(epoch);
    }
    int from = step % batchesAnEpoch * batchSize;
    return Arrays.copyOfRange(order, from, from + batchSize);
  }

  /** Fisher and Yates's shuffle. */
  private void shuffle(int epoch) {
    RandomGenerator random = purpose.of(seed, epoch);
    Arrays.setAll(order, i -> i);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    epochAtHand = epoch;
  }
}
