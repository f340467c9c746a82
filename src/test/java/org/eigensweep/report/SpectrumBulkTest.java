package org.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.eigensweep.linalg.SpectralDensity;
import org.junit.jupiter.api.Test;

/** The bulk of a density, against its cumulative distribution. */
class SpectrumBulkTest {
  @Test
  void isWhatTheDistributionSays() {
    Random random = new Random(5);
    for (int round = 0; round < 20; round++) {
      double[] nodes = random.doubles(50, -1, 1 + round).map(x -> x * x * x).sorted().toArray();
      double[] weights = random.doubles(50).toArray();
      double sum = 0;
      for (double weight : weights) {
        sum += weight;
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] /= sum;
      }
      double near = 0.01 * Math.max(Math.abs(nodes[0]), nodes[49]);
      SpectralDensity density = new SpectralDensity(nodes, weights, 50);
      double below = density.cumulative(Math.nextDown(-near));
      SpectrumBulk bulk = SpectrumBulk.of(nodes, weights);
      // sums of at most 50 parts of one, in another order
      assertThat(bulk.below()).isCloseTo(below, within(1e-14));
      assertThat(bulk.near()).isCloseTo(density.cumulative(near) - below, within(1e-14));
    }
  }

  @Test
  void holdsItsEdgesAndAllOfNothing() {
    SpectrumBulk bulk =
        SpectrumBulk.of(new double[] {-100, -1, 0, 1, 1.0000001}, new double[] {1, 2, 4, 8, 16});
    assertThat(bulk).isEqualTo(new SpectrumBulk(2 + 4 + 8, 1));
    assertThat(SpectrumBulk.of(new double[] {0, 0}, new double[] {0.5, 0.5}))
        .isEqualTo(new SpectrumBulk(1, 0));
  }
}
