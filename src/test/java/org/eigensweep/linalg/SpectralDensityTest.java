package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read off point masses, worked out by hand. */
class SpectralDensityTest {
  private static final SpectralDensity DENSITY =
      new SpectralDensity(new double[] {-1, 0, 4}, new double[] {0.25, 0.5, 0.25}, 7);

  @Test
  void momentsAreWeightedPowers() {
    assertThat(DENSITY.moment(0)).isEqualTo(1);
    assertThat(DENSITY.moment(1)).isEqualTo(0.75);
    assertThat(DENSITY.moment(2)).isEqualTo(4.25);
    assertThat(DENSITY.moment(3)).isEqualTo(15.75);
  }

  @Test
  void theCumulativeShareStepsAtTheNodes() {
    assertThat(DENSITY.cumulative(-1.5)).isZero();
    assertThat(DENSITY.cumulative(-1)).isEqualTo(0.25);
    assertThat(DENSITY.cumulative(3.9)).isEqualTo(0.75);
    assertThat(DENSITY.cumulative(4)).isEqualTo(1);
    assertThat(DENSITY.cumulative(Double.POSITIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void theDensityIsASumOfBells() {
    // at 2: two standard deviations of 1 from the node 0, and of that from 4; three from −1
    double expected = (0.75 * Math.exp(-2) + 0.25 * Math.exp(-4.5)) / Math.sqrt(2 * Math.PI);
    assertThat(DENSITY.density(new double[] {2}, 1)[0]).isCloseTo(expected, within(1e-16));
  }

  @Test
  void theDensityHasIntegralOne() {
    double[] grid = new double[2001];
    Arrays.setAll(grid, i -> (i - 1000) / 100.0);
    // the trapezoidal rule of a bell with thirty points a deviation is exact to rounding
    double integral = Arrays.stream(DENSITY.density(grid, 0.3)).sum() / 100;
    assertThat(integral).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void refusesToSmoothOverNothing(double sigma) {
    assertThatThrownBy(() -> DENSITY.density(new double[] {1}, sigma))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a density was to be smoothed over a width of %s, expected more than 0"
                .formatted(sigma));
  }

  @Test
  void refusesNegativeMoments() {
    assertThatThrownBy(() -> DENSITY.moment(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("moment -1 was asked of a density, expected 0 or more");
  }
}
