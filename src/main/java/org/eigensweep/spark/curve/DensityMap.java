package org.eigensweep.spark.curve;

import java.util.List;

/**
 * The spectral density of one trial over steps, thinned.
 *
 * @param trial the trial's hash
 * @param columns one for each bucket of steps in which it was measured, ascending
 */
public record DensityMap(String trial, List<Column> columns) {
  public DensityMap {
    columns = List.copyOf(columns);
  }

  /**
   * The mean density over the steps of a bucket.
   *
   * @param bucket the place of the bucket
   * @param bins those that hold a part of the spectrum, ascending
   * @param shares of the spectrum in each, above 0; all together 1
   */
  @SuppressWarnings("ArrayRecordComponent") // as in Curve
  public record Column(int bucket, int[] bins, double[] shares) {}
}
