package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a check has followed its vector for long enough. */
class MissedPairBoundTest {
  private static boolean reached(Which which, int n, double alpha, double beta) {
    MissedPairBound bound = new MissedPairBound(1, which, n);
    assertThat(bound.isReached()).isFalse();
    bound.step(alpha, beta);
    return bound.isReached();
  }

  /** One step from α = 0 leaves β/√(1 + β²) at the value 1: 3e-5, or 0.0125/√n where n is large. */
  @ParameterizedTest
  @CsvSource({
    "10,2.99e-5,true",
    "10,3.01e-5,false",
    "100000,2.99e-5,true",
    "1000000,2.99e-5,false",
    "1000000,1.26e-5,false",
    "1000000,1.24e-5,true"
  })
  void asksForASmallPartAndForARareOne(int n, double beta, boolean reached) {
    assertThat(reached(Which.LARGEST, n, 0, beta)).isEqualTo(reached);
  }

  /** A vector of the quotient −1 says nothing of the value −1. */
  @Test
  void asksForBothEndsByMagnitude() {
    assertThat(reached(Which.LARGEST, 10, -1, 1e-6)).isTrue();
    assertThat(reached(Which.MAGNITUDE, 10, -1, 1e-6)).isFalse();
    assertThat(reached(Which.MAGNITUDE, 10, 1, 1e-6)).isFalse();
    assertThat(reached(Which.MAGNITUDE, 10, 0, 1e-6)).isTrue();
  }
}
