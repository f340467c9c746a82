package org.eigensweep.quadratic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomRotationTest {
  /** Each of n reflections rounds a column by a few units in the last place. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 50})
  void isOrthogonalToRounding(int n) {
    double[] q = RandomRotation.of(n, new SplittableRandom(3)).values();
    for (int j = 0; j < n; j++) {
      for (int k = 0; k <= j; k++) {
        double dot = 0;
        for (int i = 0; i < n; i++) {
          dot += q[j * n + i] * q[k * n + i];
        }
        assertThat(dot).isCloseTo(j == k ? 1 : 0, within(10 * n * 0x1p-52));
      }
    }
  }

  /**
   * An entry of a uniform matrix of order 3 has mean 0, mean square 1/3 and mean fourth power 1/5,
   * since a column is uniform on the sphere; the determinant has both signs equally often. Margins
   * are four standard errors of N draws.
   */
  @Test
  void isUniform() {
    int draws = 20_000;
    double[] first = new double[9];
    double[] second = new double[9];
    double[] fourth = new double[9];
    double signs = 0;
    SplittableRandom random = new SplittableRandom(5);
    for (int d = 0; d < draws; d++) {
      double[] q = RandomRotation.of(3, random).values();
      for (int k = 0; k < 9; k++) {
        first[k] += q[k] / draws;
        second[k] += q[k] * q[k] / draws;
        fourth[k] += Math.pow(q[k], 4) / draws;
      }
      signs += Math.signum(determinant(q)) / draws;
    }
    double root = Math.sqrt(draws);
    assertThat(first).containsOnly(new double[] {0}, within(4 * Math.sqrt(1 / 3.0) / root));
    assertThat(second)
        .containsOnly(new double[] {1 / 3.0}, within(4 * Math.sqrt(1 / 5.0 - 1 / 9.0) / root));
    assertThat(fourth)
        .containsOnly(new double[] {1 / 5.0}, within(4 * Math.sqrt(1 / 9.0 - 1 / 25.0) / root));
    assertThat(signs).isCloseTo(0, within(4 / root));
  }

  private static double determinant(double[] q) {
    return q[0] * (q[4] * q[8] - q[5] * q[7])
        - q[3] * (q[1] * q[8] - q[2] * q[7])
        + q[6] * (q[1] * q[5] - q[2] * q[4]);
  }
}
