package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GaussianVectorTest {
  private static final int N = 100_000;

  @Test
  void givesTheSameRowsWholeAndInParts() {
    GaussianVector vector = new GaussianVector(N, 5);
    double[] whole = vector.whole().toDoubles();
    // ends within a run, at its edges, and several runs on
    int[][] parts = {{0, 1}, {7, 16_384}, {16_383, 16_385}, {16_384, 50_000}, {99_999, N}};
    for (int[] part : parts) {
      assertThat(vector.rows(part[0], part[1]).toDoubles())
          .containsExactly(Arrays.copyOfRange(whole, part[0], part[1]));
    }
  }

  /** Bounds are five standard deviations of what a mean over N normal numbers does. */
  @Test
  void hasTheMomentsOfNormalNumbersThatDoNotDependOnEachOther() {
    double[] x = new GaussianVector(N, 5).whole().toDoubles();
    double[] y = new GaussianVector(N, 6).whole().toDoubles();
    double five = 5 / Math.sqrt(N);
    assertThat(mean(x, i -> x[i])).isCloseTo(0, within(five));
    assertThat(mean(x, i -> x[i] * x[i])).isCloseTo(1, within(five * Math.sqrt(2)));
    assertThat(mean(x, i -> Math.pow(x[i], 4))).isCloseTo(3, within(five * Math.sqrt(96)));
    assertThat(mean(x, i -> x[i] * y[i])).isCloseTo(0, within(five));
    // neighbours, places in neighbouring runs, and runs of neighbouring seeds
    for (int lag : new int[] {1, 16_384, N - 16_384}) {
      assertThat(mean(x, i -> x[i] * x[(i + lag) % N])).isCloseTo(0, within(five));
      assertThat(mean(x, i -> x[i] * y[(i + lag) % N])).isCloseTo(0, within(five));
    }
  }

  private static double mean(double[] x, IntToDoubleFunction f) {
    return IntStream.range(0, x.length).mapToDouble(f).average().orElseThrow();
  }
}
