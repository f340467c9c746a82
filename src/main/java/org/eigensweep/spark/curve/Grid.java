package org.eigensweep.spark.curve;

/**
 * Buckets of equal width over the steps of all curves, so that curves of several trials meet in
 * one.
 *
 * @param lastStep the largest step of any row, at least 0
 * @param buckets how many there are
 */
public record Grid(int lastStep, int buckets) {
  /** No figure is wider than this many pixels can tell apart. */
  private static final int MOST = 500;

  /** A figure of fewer would be coarse to the eye. */
  private static final int LEAST = 60;

  /** Buckets of all curves together: three numbers of about eight characters each, 12 MB. */
  private static final long MOST_CELLS = 500_000;

  public Grid {
    if (lastStep < 0 || buckets < 1) {
      throw new IllegalArgumentException(
          "last step %d, %d buckets: expected at least 0 and 1".formatted(lastStep, buckets));
    }
  }

  /**
   * As many buckets as a page can hold, for curves over steps and half as many for eigenvalues.
   *
   * @param lastStep the largest step of any row
   * @param trials number of trials
   * @param curves curves of a trial over steps
   * @param pairs eigenvalue curves of a trial
   */
  static Grid of(int lastStep, int trials, int curves, int pairs) {
    long halves = Math.max(1, (long) trials * (2L * curves + pairs));
    long fit = 2 * MOST_CELLS / halves;
    return new Grid(lastStep, (int) Math.max(LEAST, Math.min(MOST, fit)) / 2 * 2);
  }

  /** The same with buckets of twice the width. */
  Grid coarser() {
    return new Grid(lastStep, buckets / 2);
  }

  /** The bucket of a step, from 0. */
  public int bucketOf(int step) {
    return (int) ((long) step * buckets / (lastStep + 1L));
  }

  /** The same as an expression of Spark SQL over the column {@code step}. */
  String sql() {
    return "cast(cast(step as bigint) * %d div %d as int)".formatted(buckets, lastStep + 1L);
  }
}
