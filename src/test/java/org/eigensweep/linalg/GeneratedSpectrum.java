package org.eigensweep.linalg;

import java.util.Arrays;
import java.util.Random;

/**
 * The eigenvalues that a sequence of operators starts from.
 *
 * @param shape how they follow each other
 * @param decay from each value, or group of values, to the next
 * @param negative what the last third of them is replaced with: values from this share of the
 *     largest, below zero, to a tenth of it; 0 leaves them
 * @param scale of them all
 */
record GeneratedSpectrum(Shape shape, double decay, double negative, double scale) {
  /** From the simplest to the hardest to be followed. */
  enum Shape {
    /** Leading ones from 2 to 1, the others below 0.1. */
    GAP,
    /** Powers of the decay. */
    GEOMETRIC,
    /** All equal. */
    IDENTITY,
    ZERO,
    /** As many as pairs, or one more or less, and zeros. */
    LOW_RANK,
    /** Leading ones and a bulk about zero. */
    OUTLIERS,
    /** Steps down of equal size, from 1 to the decay. */
    FLAT,
    /** Groups of three, equal within. */
    TIES,
    /** Groups of four, 1e-5 apart within. */
    CLUSTERS,
    /** The last pair, and two behind it, equal. */
    TIED_AT_THE_LAST,
    /** Powers of the decay, below zero. */
    NEGATIVE,
    /** Independent normal numbers. */
    RANDOM
  }

  /** One value a slot, descending but where the shape, or the negative part, is not. */
  double[] values(int n, int pairs, Random random) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> value(i, n, pairs, random));
    if (shape == Shape.TIED_AT_THE_LAST) {
      Arrays.fill(values, pairs - 1, Math.min(n, pairs + 2), values[pairs - 1]);
    }
    if (negative != 0) {
      double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
      int from = n - n / 3;
      for (int i = from; i < n; i++) {
        values[i] = -negative * largest * Math.max(0.1, Math.pow(0.8, i - from));
      }
    }
    return Arrays.stream(values).map(value -> scale * value).toArray();
  }

  private double value(int i, int n, int pairs, Random random) {
    return switch (shape) {
      case GAP -> i < pairs ? 2 - (double) i / pairs : 0.1 * (n - i) / n;
      case GEOMETRIC, TIED_AT_THE_LAST -> Math.pow(decay, i);
      case IDENTITY -> 1;
      case ZERO -> 0;
      case LOW_RANK -> i < pairs + (n + pairs) % 3 - 1 ? Math.pow(decay, i) : 0;
      case OUTLIERS ->
          i < pairs ? 1 + 3 * Math.pow(decay, i) : 0.3 * Math.cos(Math.PI * (i - pairs) / n);
      case FLAT -> 1 - (1 - decay) * i / n;
      case TIES -> Math.pow(decay, Math.floorDiv(i, 3));
      case CLUSTERS -> Math.pow(decay, Math.floorDiv(i, 4)) * (1 - 1e-5 * (i % 4));
      case NEGATIVE -> -Math.pow(decay, n - 1 - i);
      case RANDOM -> random.nextGaussian();
    };
  }
}
