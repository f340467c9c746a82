package org.eigensweep.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleTest {
  @Test
  void statisticsOfWholeNumbersAreKnown() {
    Sample sample = new Sample(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(sample.mean()).isEqualTo(5);
    assertThat(sample.standardDeviation()).isEqualTo(Math.sqrt(32 / 7.0));
    assertThat(sample.quantiles(0.5)[0]).isEqualTo(4.5);
  }

  /** Of 0, 10, ..., 100 the quantile p lies at 100 p, whatever the order. */
  @Test
  void quantilesAreLinearBetweenOrderStatistics() {
    Sample sample = new Sample(50, 0, 100, 10, 90, 20, 80, 30, 70, 40, 60);
    for (double p : new double[] {0, 0.05, 0.5, 0.95, 1}) {
      // A share of ten intervals is rounded once, a difference of ten then multiplied.
      assertThat(sample.quantiles(p)[0]).isEqualTo(100 * p, within(1e-12));
    }
  }

  @Test
  void tiesCountEach() {
    Sample sample = new Sample(3, 1, 3, 3);
    assertThat(sample.quantiles(0.5)[0]).isEqualTo(3);
    assertThat(sample.quantiles(0.05)[0]).isEqualTo(1 + 0.15 * 2, within(1e-15));
    assertThat(sample.mean()).isEqualTo(2.5);
  }

  @Test
  void aSingleValueHasNoStandardDeviation() {
    Sample sample = new Sample(0.1);
    assertThat(sample.mean()).isEqualTo(0.1);
    assertThat(sample.standardDeviation()).isNaN();
    assertThat(sample.quantiles(0.05)[0]).isEqualTo(0.1);
    assertThat(sample.quantiles(0.95)[0]).isEqualTo(0.1);
  }

  /** The squares of such values have no digits left for their spread. */
  @Test
  void aSmallSpreadOfLargeValuesKeepsItsDigits() {
    assertThat(new Sample(1e9, 1e9 + 1, 1e9 + 2).standardDeviation()).isEqualTo(1);
  }
}
