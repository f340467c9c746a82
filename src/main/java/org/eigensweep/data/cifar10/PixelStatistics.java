package org.eigensweep.data.cifar10;

import java.util.List;

/**
 * Mean and standard deviation of each place of CIFAR-10's images over a set of records: the
 * deviation of the population, divided by the number of records, as NumPy's {@code std}.
 *
 * <p>Pixels are bytes, so their sums and sums of squares are exact in 64 bits, whatever the order
 * of the records; the only roundings are those of the quotient and of the root.
 */
final class PixelStatistics {
  private final long[] sums = new long[Cifar10Batch.SHAPE.features()];
  private final long[] squares = new long[sums.length];
  private long records;

  /** Takes a record into account. */
  void add(byte[] record) {
    for (int j = 0; j < sums.length; j++) {
      long pixel = pixel(record, j);
      sums[j] += pixel;
      squares[j] += pixel * pixel;
    }
    records++;
  }

  /** Number of records taken into account. */
  long records() {
    return records;
  }

  /**
   * Standardises records: (x − mean) / deviation of x = pixel / 255, where a pixel that is constant
   * over the records taken into account is only centred, its deviation taken as 1.
   *
   * @param examples records, in order
   * @return 3072 values an example, in the order of its pixels
   */
  float[] standardized(List<byte[]> examples) {
    double[] means = new double[sums.length];
    double[] deviations = new double[sums.length];
    for (int j = 0; j < sums.length; j++) {
      means[j] = (double) sums[j] / records;
      // records² times the variance; exact up to 10 million records.
      long spread = records * squares[j] - sums[j] * sums[j];
      // In units of the byte: there x is divided by 255 on both sides, and a deviation of 1 is 255.
      deviations[j] = spread == 0 ? 255 : Math.sqrt((double) spread) / records;
    }
    float[] inputs = new float[examples.size() * sums.length];
    int i = 0;
    for (byte[] example : examples) {
      for (int j = 0; j < sums.length; j++) {
        inputs[i] = (float) ((pixel(example, j) - means[j]) / deviations[j]);
        i++;
      }
    }
    return inputs;
  }

  private static int pixel(byte[] record, int j) {
    return Byte.toUnsignedInt(record[Cifar10Batch.PIXELS + j]);
  }
}
