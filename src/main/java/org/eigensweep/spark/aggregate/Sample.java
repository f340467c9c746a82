package org.eigensweep.spark.aggregate;

import java.util.Arrays;

/**
 * Statistics of a few finite numbers, one a seed. NaN stands for a statistic that does not exist.
 *
 * @param values in order of seeds, at least one
 */
@SuppressWarnings("ArrayRecordComponent") // lives within one computation, never compared
record Sample(double... values) {
  int size() {
    return values.length;
  }

  double mean() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Standard deviation with the divisor n − 1; NaN for a single value. */
  double standardDeviation() {
    if (values.length == 1) {
      return Double.NaN;
    }
    double mean = mean();
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }

  /**
   * Quantiles by linear interpolation between order statistics, definition 7 of Hyndman and Fan
   * (The American Statistician 50, 1996), which NumPy, pandas and DuckDB's quantile_cont take too.
   *
   * @param shares 0 for the least value, 1 for the largest
   * @return one a share
   */
  double[] quantiles(double... shares) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return Arrays.stream(shares).map(share -> quantile(sorted, share)).toArray();
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    double rest = place - below;
    return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
  }
}
