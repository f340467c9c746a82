package org.eigensweep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Schedules against closed forms, at both ends of a phase. */
class ScheduleTest {
  private static final double U = 1e-14; // a few roundings of numbers up to 1

  private static double[] factors(Schedule schedule, int steps) {
    return IntStream.range(0, steps).mapToDouble(s -> schedule.factor(s, steps)).toArray();
  }

  private static void assertFactors(Schedule schedule, double... expected) {
    assertThat(factors(schedule, expected.length)).containsExactly(expected, within(U));
  }

  @Test
  void constant() {
    assertFactors(Schedule.CONSTANT, 1);
    assertFactors(Schedule.CONSTANT, 1, 1, 1);
  }

  @Test
  void cosine() {
    double r = Math.sqrt(0.5);
    assertFactors(new Schedule.Cosine(0), 1);
    assertFactors(new Schedule.Cosine(0), 1, 0.5);
    assertFactors(new Schedule.Cosine(0), 1, (1 + r) / 2, 0.5, (1 - r) / 2);
    assertFactors(new Schedule.Cosine(0.2), 1, 0.2 + 0.4 * (1 + r), 0.6, 0.2 + 0.4 * (1 - r));
    assertFactors(new Schedule.Cosine(1), 1, 1, 1);
    // 1 − cos x = 2·sin²(x/2), which loses nothing near the end
    double last = Math.pow(Math.sin(Math.PI / 20_000), 2);
    assertThat(new Schedule.Cosine(0).factor(9_999, 10_000)).isCloseTo(last, within(U));
  }

  @Test
  void warmUpStableDecay() {
    assertFactors(new Schedule.WarmUpStableDecay(0, 0, 0), 1);
    assertFactors(new Schedule.WarmUpStableDecay(0, 0, 0), 1, 1);
    assertFactors(new Schedule.WarmUpStableDecay(1, 0, 0), 0.5);
    assertFactors(new Schedule.WarmUpStableDecay(0, 1, 0.2), 0.6);
    assertFactors(
        new Schedule.WarmUpStableDecay(3, 4, 0), 0.25, 0.5, 0.75, 1, 1, 0.8, 0.6, 0.4, 0.2);
    assertFactors(new Schedule.WarmUpStableDecay(1, 1, 0.5), 0.5, 0.75);
    assertFactors(new Schedule.WarmUpStableDecay(2, 0, 0.5), 1 / 3.0, 2 / 3.0, 1);
    assertFactors(new Schedule.WarmUpStableDecay(0, 2, 0.1), 1, 0.7, 0.4);
  }

  @Test
  void steps() {
    assertFactors(new Schedule.Steps(5, 0.1), 1);
    assertFactors(new Schedule.Steps(2, 0.5), 1, 1, 0.5, 0.5, 0.25);
    assertFactors(new Schedule.Steps(1, 3), 1, 3, 9);
  }

  @Test
  void describesItself() {
    assertThat(Schedule.CONSTANT.description()).isEqualTo("constant");
    assertThat(new Schedule.Cosine(0.1).description()).isEqualTo("cosine end=0.1");
    assertThat(new Schedule.WarmUpStableDecay(100, 500, 0).description())
        .isEqualTo("warm-up-stable-decay warm-up=100 decay=500 end=0.0");
    assertThat(new Schedule.Steps(30, 0.1).description()).isEqualTo("step every=30 gamma=0.1");
  }
}
