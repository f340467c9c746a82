package org.eigensweep.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.eigensweep.spark.aggregate.Bootstrap.Interval;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static Interval interval(double... values) {
    return new Bootstrap(1000, 0).draws(values.length).ofMean(values);
  }

  /** A resample of two is either value twice or both: each end has a chance of a quarter. */
  @Test
  void ofTwoValuesItReachesFromOneToTheOther() {
    assertThat(interval(3, -1)).isEqualTo(new Interval(-1, 3));
  }

  /** Of three, the least three times has a chance of 1/27 = 3.7 %, more than 2.5 %. */
  @Test
  void ofThreeValuesItReachesFromTheLeastToTheLargest() {
    Interval interval = new Bootstrap(100_000, 0).draws(3).ofMean(new double[] {0.25, 8, 1});
    assertThat(interval).isEqualTo(new Interval(0.25, 8));
  }

  @Test
  void aSingleValueHasNone() {
    assertThat(interval(1).low()).isNaN();
    assertThat(interval(1).high()).isNaN();
  }

  @Test
  void equalValuesHaveAnIntervalOfNoLength() {
    assertThat(interval(0.5, 0.5, 0.5)).isEqualTo(new Interval(0.5, 0.5));
  }

  @Test
  void itDependsOnTheSeedAndOnNothingElse() {
    double[] values = new Random(5).doubles(12).toArray();
    assertThat(interval(values)).isEqualTo(interval(values));
    Interval other = new Bootstrap(1000, 1).draws(12).ofMean(values);
    assertThat(other).isNotEqualTo(interval(values));
    // Ends of 1000 resamples are known to some hundredths of the interval's length.
    double length = other.high() - other.low();
    assertThat(other.low()).isEqualTo(interval(values).low(), within(0.15 * length));
  }

  /** For many values it is the normal interval of the mean, which has a closed form. */
  @Test
  void ofManyValuesItIsTheNormalOne() {
    double[] values = new Random(3).doubles(400).toArray();
    Sample sample = new Sample(values);
    double error = sample.standardDeviation() / Math.sqrt(400);
    Interval interval = new Bootstrap(20_000, 2).draws(400).ofMean(values);
    // A 2.5 % quantile of 20,000 normal draws has a standard error of 0.02 of their deviation.
    assertThat(interval.low()).isEqualTo(sample.mean() - 1.96 * error, within(0.08 * error));
    assertThat(interval.high()).isEqualTo(sample.mean() + 1.96 * error, within(0.08 * error));
  }

  /**
   * How often it holds the true mean of n normal values. It is the mean ± 1.96 s √((n−1)/n) / √n up
   * to its own noise, so that is P(|t| < 1.96 √((n−1)/n)) with Student's t of n − 1 degrees of
   * freedom: 0.9176 for n = 10 with 9 degrees.
   */
  @Test
  void itCoversTheMeanAsOftenAsItsClosedFormSays() {
    int samples = 4000;
    Random random = new Random(11);
    Bootstrap.Draws draws = new Bootstrap(1000, 0).draws(10);
    int covered = 0;
    for (int i = 0; i < samples; i++) {
      double[] values = new double[10];
      Arrays.setAll(values, j -> random.nextGaussian());
      Interval interval = draws.ofMean(values);
      if (interval.low() <= 0 && interval.high() >= 0) {
        covered++;
      }
    }
    double expected = studentWithin(1.96 * Math.sqrt(0.9), 9);
    // Three standard errors of a share of 4000, and one percent for what the closed form leaves
    // out: a mean of ten resampled values is not quite normal.
    assertThat(covered / (double) samples).isEqualTo(expected, within(0.013 + 0.01));
  }

  /** P(|t| < x) of Student's t, by Simpson's rule. */
  private static double studentWithin(double x, int freedom) {
    int intervals = 2000;
    double sum = 0;
    for (int i = 0; i <= intervals; i++) {
      double weight = i == 0 || i == intervals ? 1 : i % 2 == 1 ? 4 : 2;
      double t = x * i / intervals;
      sum += weight * Math.pow(1 + t * t / freedom, -(freedom + 1) / 2.0);
    }
    // Γ(5)/(√(9π) Γ(9/2)) for nine degrees of freedom.
    double density = 24 / (Math.sqrt(9 * Math.PI) * 11.631728396567448);
    return 2 * density * sum * x / intervals / 3;
  }
}
