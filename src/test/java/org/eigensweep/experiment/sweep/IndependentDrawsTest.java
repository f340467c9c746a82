package org.eigensweep.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndependentDrawsTest {
  private static final int STEPS = 100_000;

  /**
   * Of two examples, each comes half of the time, whatever came some steps before. A mean of N
   * independent signs has the standard error 1/√N; margins are four of them.
   */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, -1, Long.MAX_VALUE})
  void areFairAndIndependentOfEarlierSteps(long seed) {
    IndependentDraws draws = new IndependentDraws(seed, 2, 1);
    int[] signs = IntStream.range(0, STEPS).map(t -> 2 * draws.batch(t)[0] - 1).toArray();
    double fourErrors = 4 / Math.sqrt(STEPS);
    assertThat(IntStream.of(signs).average().orElseThrow()).isCloseTo(0, within(fourErrors));
    for (int lag : new int[] {1, 2, 3, 64, 256}) {
      double correlation =
          IntStream.range(lag, STEPS).map(t -> signs[t] * signs[t - lag]).average().orElseThrow();
      assertThat(correlation).as("lag %d", lag).isCloseTo(0, within(fourErrors));
    }
  }

  @Test
  void aBatchMayHoldAnExampleTwiceAndMoreDrawsThanExamples() {
    IndependentDraws draws = new IndependentDraws(3, 3, 30_000);
    int[] counts = new int[3];
    for (int example : draws.batch(5)) {
      counts[example]++;
    }
    // four standard errors of a count: √(N·⅓·⅔)
    assertThat(IntStream.of(counts)).allMatch(count -> Math.abs(count - 10_000) < 4 * 82);
  }

  @Test
  void aStepHasTheSameExamplesWhateverWasAskedBefore() {
    IndependentDraws draws = new IndependentDraws(9, 1000, 20);
    int[] direct = draws.batch(77);
    IndependentDraws others = new IndependentDraws(9, 1000, 20);
    for (int step = 100; step > 60; step--) {
      others.batch(step);
    }
    assertThat(others.batch(77)).containsExactly(direct);
    assertThat(new IndependentDraws(10, 1000, 20).batch(77)).isNotEqualTo(direct);
  }
}
