package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Christoffel function of a vector whose spectral measure is known: equal parts along axes with
 * the eigenvalues −1, 0, 1, 2 and 3, whose orthonormal polynomials are the discrete Chebyshev ones,
 * with αⱼ = 1 and βⱼ² = j²(25 − j²)/(4(4j² − 1)) (Szegő, Orthogonal Polynomials, section 2.8).
 */
class ChristoffelFunctionTest {
  private static final int N = 5;
  private static final double PART = 1 / Math.sqrt(N);

  private static double beta(int j) {
    return Math.sqrt(j * j * (N * N - j * j) / (4.0 * (4 * j * j - 1)));
  }

  /** The part along each axis is never above the bound, and is the bound when all is known. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 2, 3})
  void boundsThePartAlongAnEigenvectorFromAbove(int value) {
    MissedPairBound.ChristoffelFunction bound = new MissedPairBound.ChristoffelFunction(value);
    assertThat(bound.largestPart()).isEqualTo(1);
    double before = 1;
    for (int j = 1; j < N; j++) {
      bound.step(1, beta(j));
      assertThat(bound.largestPart()).isBetween(PART - 1e-14, before);
      before = bound.largestPart();
    }
    assertThat(before).isCloseTo(PART, within(1e-14));
  }

  /** Nothing lies beyond the last value, and the bound falls the faster the further it is. */
  @Test
  void fallsBeyondTheSpectrum() {
    MissedPairBound.ChristoffelFunction at = new MissedPairBound.ChristoffelFunction(3);
    MissedPairBound.ChristoffelFunction near = new MissedPairBound.ChristoffelFunction(3.5);
    MissedPairBound.ChristoffelFunction far = new MissedPairBound.ChristoffelFunction(5);
    for (int j = 1; j < N; j++) {
      at.step(1, beta(j));
      near.step(1, beta(j));
      far.step(1, beta(j));
      assertThat(near.largestPart()).isBetween(far.largestPart(), at.largestPart());
    }
    assertThat(far.largestPart()).isLessThan(0.01);
  }

  @Test
  void hidesNothingInAnInvariantSpace() {
    for (double value : new double[] {-2, 0, 1, 7}) {
      MissedPairBound.ChristoffelFunction bound = new MissedPairBound.ChristoffelFunction(value);
      bound.step(1, 0);
      assertThat(bound.largestPart()).isZero();
    }
  }
}
