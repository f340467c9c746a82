package org.eigensweep.spark.aggregate;

import java.io.Serializable;
import java.util.Random;

/**
 * Percentile intervals of a mean by resampling (Efron and Tibshirani, An Introduction to the
 * Bootstrap, 1993, section 13.3), at 95 %.
 *
 * @param resamples how often as many values are drawn as there are, with replacement
 * @param seed of the draws, which depend on nothing else but the number of values
 */
public record Bootstrap(int resamples, long seed) implements Serializable {
  private static final double OUTSIDE = 0.05;

  /**
   * An interval; NaN at both ends where a single value says nothing of the others.
   *
   * @param low its lower end
   * @param high its upper end
   */
  record Interval(double low, double high) {
    static final Interval NONE = new Interval(Double.NaN, Double.NaN);
  }

  /**
   * The draws for samples of one size. All quantities and steps use the same ones: what is drawn
   * are seeds, each with its whole trajectory.
   */
  Draws draws(int size) {
    Random random = new Random(31 * seed + size);
    int[][] drawn = new int[resamples][size];
    for (int[] one : drawn) {
      for (int i = 0; i < size; i++) {
        one[i] = random.nextInt(size);
      }
    }
    return new Draws(drawn);
  }

  /**
   * Which values are drawn.
   *
   * @param drawn a row a resample: places of values, counted from 0
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Draws(int[][] drawn) {
    /** The interval of the mean of as many values as these draws are for. */
    Interval ofMean(double[] values) {
      if (values.length == 1) {
        return Interval.NONE;
      }
      double[] means = new double[drawn.length];
      for (int i = 0; i < means.length; i++) {
        double sum = 0;
        for (int place : drawn[i]) {
          sum += values[place];
        }
        means[i] = sum / values.length;
      }
      return new Interval(
          Selection.quantile(means, OUTSIDE / 2), Selection.quantile(means, 1 - OUTSIDE / 2));
    }
  }
}
