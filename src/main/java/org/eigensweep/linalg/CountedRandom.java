package org.eigensweep.linalg;

import java.util.random.RandomGenerator;

/**
 * A stream of random numbers that knows how many were drawn, so that another stream of the same
 * seed can go on from there. Solvers draw few: one number starts a whole vector ({@link
 * GaussianVector}).
 */
final class CountedRandom implements RandomGenerator {
  private final RandomGenerator source;
  private long drawn;

  /** A stream of which nothing is drawn. */
  CountedRandom(RandomGenerator source) {
    this.source = source;
  }

  @Override
  public long nextLong() {
    drawn++;
    return source.nextLong();
  }

  /** Numbers drawn so far. */
  long drawn() {
    return drawn;
  }

  /** Draws until so many were drawn in all, at least as many as already were. */
  void skipTo(long count) {
    while (drawn < count) {
      nextLong();
    }
  }
}
