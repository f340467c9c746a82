package org.eigensweep.experiment.sweep;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The purposes for which a trial draws random numbers. Each has a stream of its own, so that
 * drawing more of one never shifts another: measuring cannot change training.
 */
public enum RandomStream {
  /** Initial weights. */
  WEIGHTS(1),
  /** Order of the examples, one stream an epoch. */
  BATCHES(2),
  /** Starting vectors of the eigensolver that training depends on. */
  SOLVER(3),
  /** Starting vectors of the eigensolver that only measures. */
  OBSERVER(4),
  /** Sketch and probes of a trace. */
  TRACE(5),
  /** Starting vectors of a spectral density. */
  DENSITY(6),
  /** Order of the examples in a warm-up, one stream an epoch. */
  WARM_UP(7),
  /** Mini-batches whose gradients are only measured, one stream a step. */
  GRADIENT_NOISE(8),
  /** What the streams of a whole spectrum along training begin from, one a step. */
  SPECTRUM(9);

  /** Part of every stream's definition: changing it changes all results. */
  private final long purpose;

  RandomStream(long purpose) {
    this.purpose = purpose;
  }

  /** The stream of a seed. */
  public RandomGenerator of(long seed) {
    return of(seed, 0);
  }

  /** One of a seed's streams for this purpose. */
  public RandomGenerator of(long seed, long index) {
    return new SplittableRandom(root(seed) + index);
  }

  /** What the stream of a seed begins from, where it is begun elsewhere. */
  public long root(long seed) {
    // SplittableRandom mixes its seed well, so nearby seeds and indices give unrelated streams.
    long root = new SplittableRandom(seed).nextLong() + purpose;
    return new SplittableRandom(root).nextLong();
  }
}
