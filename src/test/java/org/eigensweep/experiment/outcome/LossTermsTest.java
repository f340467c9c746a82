package org.eigensweep.experiment.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.eigensweep.linalg.Stop;
import org.junit.jupiter.api.Test;

/** Parts of a loss change that are written out, by hand. */
class LossTermsTest {
  private static LossTerms terms(double[] gradient, double[] update, double dot, double curvature) {
    int pairs = gradient.length;
    double[] eigenvalues = {10, 4};
    Components missing = Components.missing(pairs);
    return new LossTerms(
        new Pairs(eigenvalues, new double[pairs], 3, Stop.TRACKED),
        new FullGradient(new Components(1, gradient), 1e-9, 1e-5),
        new StepTaken(missing, missing, new Components(1, update), dot, curvature, 0.7, 0.5));
  }

  /** g = (1, 1e-3, r), Δ = (−0.1, 0.2, d) with ⟨r, d⟩ = −3e-12 and ⟨d, Hd⟩ = 8e-9. */
  private static final LossTerms TERMS =
      terms(new double[] {1, 1e-3}, new double[] {-0.1, 0.2}, -3e-12, 8e-9);

  @Test
  void addsUpToEveryRank() {
    double u = 1e-16;
    assertThat(TERMS.first(0)).isCloseTo(-0.1, within(u));
    assertThat(TERMS.first(1)).isCloseTo(2e-4, within(u));
    assertThat(TERMS.second(0)).isCloseTo(0.05, within(u));
    assertThat(TERMS.second(1)).isCloseTo(0.08, within(u));
    assertThat(TERMS.dominantFirst(1)).isCloseTo(-0.1, within(u));
    assertThat(TERMS.dominantFirst(2)).isCloseTo(-0.0998, within(u));
    assertThat(TERMS.dominantSecond(1)).isCloseTo(0.05, within(u));
    assertThat(TERMS.dominantSecond(2)).isCloseTo(0.13, within(u));
    assertThat(TERMS.bulkFirst(1)).isCloseTo(2e-4 - 3e-12, within(1e-19));
    assertThat(TERMS.bulkSecond(1)).isCloseTo(0.08 + 4e-9, within(u));
  }

  /** A difference of the whole and the dominant part would have no digit of these. */
  @Test
  void keepsTheDigitsOfALittleBulk() {
    assertThat(TERMS.bulkFirst(2)).isEqualTo(-3e-12);
    assertThat(TERMS.bulkSecond(2)).isEqualTo(4e-9);
  }

  @Test
  void hasNothingOfMorePairsThanThereAre() {
    assertThat(TERMS.dominantFirst(3)).isNaN();
    assertThat(TERMS.dominantSecond(3)).isNaN();
    assertThat(TERMS.bulkFirst(3)).isNaN();
    assertThat(TERMS.bulkSecond(3)).isNaN();
  }

  @Test
  void isNothingWhereTheGradientOrTheStepIs() {
    double[] zero = {0, 0};
    LossTerms flat = terms(zero, new double[] {-0.1, 0.2}, 0, 8e-9);
    assertThat(flat.dominantFirst(2)).isZero();
    assertThat(flat.bulkFirst(1)).isZero();
    assertThat(flat.dominantSecond(2)).isPositive();
    LossTerms still = terms(new double[] {1, 1e-3}, zero, 0, 0);
    assertThat(still.dominantFirst(2)).isZero();
    assertThat(still.dominantSecond(2)).isZero();
    assertThat(still.bulkSecond(2)).isZero();
  }

  @Test
  void isMissingWithTheStep() {
    LossTerms missing =
        new LossTerms(
            new Pairs(new double[] {10}, new double[1], 3, Stop.TRACKED),
            new FullGradient(new Components(1, new double[] {1}), 0, 1e-5),
            StepTaken.none(1));
    assertThat(missing.first(0)).isNaN();
    assertThat(missing.second(0)).isNaN();
    assertThat(missing.dominantFirst(1)).isNaN();
    assertThat(missing.dominantSecond(1)).isNaN();
    assertThat(missing.bulkFirst(1)).isNaN();
    assertThat(missing.bulkSecond(1)).isNaN();
  }

  @Test
  void hasNoSecondOrderTermOfTheBulkWhereItWasNotPaidFor() {
    LossTerms partial = terms(new double[] {1, 1}, new double[] {1, 1}, 2, Double.NaN);
    assertThat(partial.bulkSecond(1)).isNaN();
    assertThat(partial.bulkFirst(1)).isEqualTo(3);
  }
}
