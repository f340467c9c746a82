package org.eigensweep.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Alignments and effective learning rates against vectors written out. */
class MeasurementTest {
  /** g = (3, 0, 4, 12) and Δ = (−0.3, 1, −0.8, −1.2), with the axes as eigenvectors. */
  private static final Measurement AXES =
      new Measurement(
          7,
          Phase.BRANCH,
          0.5,
          0.9,
          0.6,
          0.8,
          13,
          Math.sqrt(0.09 + 1 + 0.64 + 1.44),
          3 * -0.3 + 4 * -0.8 + 12 * -1.2,
          new double[] {9, 5, 2},
          new double[] {0, 0, 0},
          new double[] {3, 0, 4},
          new double[] {-0.3, 1, -0.8},
          3,
          1.5);

  @Test
  void alignsByNormsNotBySquares() {
    double u = 1e-15; // a handful of operations on small numbers
    assertThat(AXES.gradientAlignment(1)).isCloseTo(3.0 / 13, within(u));
    assertThat(AXES.gradientAlignment(3)).isCloseTo(5.0 / 13, within(u));
    assertThat(AXES.updateAlignment(2)).isCloseTo(Math.sqrt(1.09 / 3.17), within(u));
  }

  @Test
  void dividesTheGradientsShareOfTheUpdateByItsSquare() {
    double u = 1e-14;
    assertThat(AXES.dominantLearningRate(1)).isCloseTo(0.1, within(u));
    assertThat(AXES.dominantLearningRate(3)).isCloseTo((0.9 + 3.2) / 25, within(u));
    assertThat(AXES.bulkLearningRate(1)).isCloseTo((3.2 + 14.4) / 160, within(u));
    assertThat(AXES.bulkLearningRate(3)).isCloseTo(0.1, within(u));
  }
}
