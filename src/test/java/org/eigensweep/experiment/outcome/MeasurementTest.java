package org.eigensweep.experiment.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.linalg.Stop;
import org.junit.jupiter.api.Test;

/** Alignments and effective learning rates against vectors written out. */
class MeasurementTest {
  /** g = (3, 0, 4, 12) and Δ = (−0.3, 1, −0.8, −1.2), with the axes as eigenvectors. */
  private static final Measurement AXES =
      point(
          new double[] {9, 5, 2},
          new FullGradient(new Components(13, new double[] {3, 0, 4}), 12, 1e-5),
          new Components(Math.sqrt(0.09 + 1 + 0.64 + 1.44), new double[] {-0.3, 1, -0.8}),
          12 * -1.2);

  private static Measurement point(
      double[] eigenvalues, FullGradient gradient, Components update, double outsideDotUpdate) {
    Components missing = Components.missing(eigenvalues.length);
    return new Measurement(
        7,
        Phase.BRANCH,
        new Evaluation(0.5, 0.9),
        new Evaluation(0.6, 0.8),
        new Pairs(eigenvalues, new double[eigenvalues.length], 3, Stop.TRACKED),
        gradient,
        new StepTaken(missing, missing, update, outsideDotUpdate, Double.NaN, 0.7, 0.75),
        Map.of(),
        GradientNoise.unknown(eigenvalues.length),
        Double.NaN,
        Map.of(),
        new Distances(1.5, 2.5),
        0.5);
  }

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

  @Test
  void hasTheChangeOfTheLossAndTheSharpness() {
    assertThat(AXES.lossChange()).isEqualTo(0.25);
    assertThat(AXES.sharpness()).isEqualTo(9);
    assertThat(Measurement.ofNothing(7, Phase.BRANCH, Map.of(), 0.25).sharpness()).isNaN();
    assertThat(Measurement.ofNothing(7, Phase.BRANCH, Map.of(), 0.25).lossChange()).isNaN();
  }

  /** Largest in magnitude leads where the settings ask for that, and may be negative. */
  @Test
  void takesTheLargestEigenvalueForTheSharpnessWhateverLeads() {
    Components one = new Components(1, new double[] {1, 0});
    Measurement odd = point(new double[] {-9, 5}, new FullGradient(one, 0, 1e-5), one, 0);
    assertThat(odd.sharpness()).isEqualTo(5);
  }

  /** A gradient of so much outside of two pairs, by float32, and an update of −½ of it. */
  private static Measurement near(double first, double second, double outside) {
    double norm = Math.sqrt(first * first + second * second + outside * outside);
    return point(
        new double[] {9, 5},
        new FullGradient(new Components(norm, new double[] {first, second}), outside, 1e-5 * norm),
        new Components(norm / 2, new double[] {-first / 2, -second / 2}),
        -outside * outside / 2);
  }

  @Test
  void keepsItsDigitsWhereNearlyAllOfTheGradientIsInTheSpace() {
    // 1 − χ² is 4e-10 and 1e-16: a difference of squares has six digits of the one, none of the
    // other
    Measurement aligned = near(1, 1e-8, 2e-5);
    assertThat(aligned.bulkLearningRate(1)).isCloseTo(0.5, within(1e-15));
    assertThat(aligned.bulkLearningRate(2)).isCloseTo(0.5, within(1e-15));
    assertThat(aligned.dominantLearningRate(1)).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void hasNoLearningRateWhereThePartOfTheGradientIsRounding() {
    assertThat(near(1, 1e-6, 9e-6).bulkLearningRate(1)).isNaN();
    assertThat(near(1, 1e-4, 9e-6).bulkLearningRate(2)).isNaN();
    assertThat(near(1, 1e-4, 9e-6).bulkLearningRate(1)).isCloseTo(0.5, within(1e-15));
    assertThat(near(9e-6, 1e-4, 1).dominantLearningRate(1)).isNaN();
    assertThat(near(9e-6, 1e-4, 1).dominantLearningRate(2)).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void takesWhatRoundingPutsAboveOneForOne() {
    double above = 1.000000025;
    Measurement rounded =
        point(
            new double[] {9},
            new FullGradient(new Components(1, new double[] {-above}), 1e-9, 1e-5),
            new Components(2, new double[] {2 * above}),
            0);
    assertThat(rounded.gradientAlignment(1)).isEqualTo(1);
    assertThat(rounded.updateAlignment(1)).isEqualTo(1);
    assertThat(rounded.gradient().along().cosine(0)).isEqualTo(-1);
  }

  @Test
  void hasNoAlignmentOfNothing() {
    double[] zero = {0};
    Components nothing = new Components(0, zero);
    Measurement still = point(zero, new FullGradient(nothing, 0, 0), nothing, 0);
    assertThat(still.gradientAlignment(1)).isNaN();
    assertThat(still.updateAlignment(1)).isNaN();
    assertThat(still.gradient().along().cosine(0)).isNaN();
    assertThat(still.dominantLearningRate(1)).isNaN();
    assertThat(still.bulkLearningRate(1)).isNaN();
  }

  /** Norms whose squares overflow; a quotient by them would say that nothing lies in the space. */
  @Test
  void hasNoSharesOfWhatIsTooLong() {
    double[] some = {1e160};
    double inf = Double.POSITIVE_INFINITY;
    Components along = new Components(inf, some);
    Measurement far = point(some, new FullGradient(along, inf, 1), along, 1);
    assertThat(far.gradientAlignment(1)).isNaN();
    assertThat(far.updateAlignment(1)).isNaN();
    assertThat(far.gradient().along().cosine(0)).isNaN();
    assertThat(far.dominantLearningRate(1)).isNaN();
    assertThat(far.bulkLearningRate(1)).isNaN();
  }

  @Test
  void hasNothingOfASpaceThatWasNotMeasured() {
    Measurement lost = Measurement.ofNothing(7, Phase.BRANCH, Map.of(), 0.25);
    assertThat(lost.gradientAlignment(1)).isNaN();
    assertThat(lost.updateAlignment(1)).isNaN();
    assertThat(lost.dominantLearningRate(1)).isNaN();
    assertThat(lost.bulkLearningRate(1)).isNaN();
  }
}
