package org.eigensweep.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eigensweep.spark.progress.SweepState.RunningPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BarLineTest {
  private static final RunningPart BULK =
      new RunningPart("lr0.05-seed0-rank10-bulk", 10, 0.18432, 0.9666);
  private static final RunningPart PLAIN =
      new RunningPart("lr0.05-seed0-rank10-plain", 10, 2.5e-7, Double.NaN);
  private static final RunningPart NEW =
      new RunningPart("lr0.05-seed1", 10, Double.NaN, Double.NaN);
  private static final SweepState STATE =
      new SweepState(5, 12, 2400, 4800, 31.25, 83, List.of(BULK, NEW, PLAIN));

  @Test
  void saysAllThereIsRoomFor() {
    assertThat(BarLine.of(STATE, 80))
        .isEqualTo(
            " 50 % [====     ] 5/12 trials 1:23 left 31.3 steps/s loss 0.184 χ 0.97 | 2.50e-7");
    assertThat(BarLine.of(STATE, 100))
        .isEqualTo(
            " 50 % [==============               ] 5/12 trials 1:23 left 31.3 steps/s"
                + " loss 0.184 χ 0.97 | 2.50e-7");
  }

  @Test
  void leavesOutWhatItHasNoRoomFor() {
    assertThat(BarLine.of(STATE, 40)).isEqualTo(" 50 % [=====     ] 5/12 trials 1:23 left");
    assertThat(BarLine.of(STATE, 60))
        .isEqualTo(" 50 % 5/12 trials 1:23 left 31.3 steps/s loss 0.184 χ 0.97  ");
    assertThat(BarLine.of(STATE, 4)).isEqualTo(" 50 ");
  }

  @Test
  void saysNothingThatIsNotKnown() {
    SweepState start = new SweepState(0, 3, 0, 900, Double.NaN, Double.NaN, List.of(NEW));
    assertThat(BarLine.of(start, 40)).isEqualTo("  0 % [                     ] 0/3 trials");
    SweepState none = new SweepState(3, 3, 0, 0, Double.NaN, Double.NaN, List.of());
    assertThat(BarLine.of(none, 40)).startsWith("100 % [==").endsWith("==] 3/3 trials");
  }

  /** A shorter line would leave the end of the one before it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 39, 40, 60, 79, 80, 120, 300})
  void coversTheLineBefore(int width) {
    assertThat(BarLine.of(STATE, width)).hasSize(width);
  }

  @Test
  void countsLongTimesInHours() {
    assertThat(Words.time(59.6)).isEqualTo("1:00");
    assertThat(Words.time(3599.4)).isEqualTo("59:59");
    assertThat(Words.time(36_061)).isEqualTo("10:01:01");
  }

  @Test
  void roundsToThreeDigits() {
    assertThat(Words.few(0)).isEqualTo("0");
    assertThat(Words.few(0.99951)).isEqualTo("1.00");
    assertThat(Words.few(31.25)).isEqualTo("31.3");
    assertThat(Words.few(1234.5)).isEqualTo("1230");
    assertThat(Words.few(-0.5)).isEqualTo("-0.500");
    assertThat(Words.few(123_456)).isEqualTo("1.23e5");
    assertThat(Words.few(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
  }
}
