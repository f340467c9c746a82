package org.eigensweep.linalg;

import java.util.SplittableRandom;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.MatrixSource;

/**
 * Independent standard normal numbers. Every {@value #RUN} of them have a stream of their own, so
 * that rows are drawn without those before them.
 *
 * @param rows how many
 * @param seed what they are drawn from
 */
record GaussianVector(int rows, long seed) implements MatrixSource {
  /** Part of the definition: changing it changes all numbers. */
  private static final int RUN = 1 << 14;

  @Override
  public int columns() {
    return 1;
  }

  @Override
  public HostMatrix rows(int from, int to) {
    double[] values = new double[to - from];
    // SplittableRandom mixes its seed well: nearby seeds, and runs of one, give unrelated streams
    long root = new SplittableRandom(seed).nextLong();
    for (int run = from / RUN; run * (long) RUN < to; run++) {
      draw(new SplittableRandom(root + run), run * RUN - from, values);
    }
    return new HostMatrix.Doubles(values.length, 1, values);
  }

  /** Draws the run that begins at {@code values[first]}, as far as there is room for it. */
  private static void draw(SplittableRandom random, int first, double[] values) {
    int end = Math.min(first + RUN, values.length);
    for (int i = first; i < end; i++) {
      double value = random.nextGaussian();
      if (i >= 0) {
        values[i] = value;
      }
    }
  }
}
