package org.eigensweep.experiment.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eigensweep.experiment.probe.Makespan.TrunkTimes;
import org.junit.jupiter.api.Test;

class MakespanTest {
  private static final TrunkTimes ONE = new TrunkTimes(3, List.of(2.0, 4.0, 5.0));

  @Test
  void aTrunkComesBeforeItsBranches() {
    assertThat(Makespan.of(List.of(ONE), 1, 1)).isEqualTo(14);
    assertThat(Makespan.of(List.of(ONE), 2, 1)).as("3, then 2 and 5 beside 4").isEqualTo(10);
    assertThat(Makespan.of(List.of(ONE), 9, 1)).as("3 and the longest").isEqualTo(8);
  }

  /** From 3 on the branches 2, 4, 5, 2, 4, 5 go to the places that end at 5, 7, 10, 9, 13, 15. */
  @Test
  void trunksShareThePlaces() {
    assertThat(Makespan.of(List.of(ONE, ONE), 2, 2)).isEqualTo(15);
  }

  /** The second trunk begins when the last branch of the first one ends. */
  @Test
  void trunksWaitForThoseInFlight() {
    assertThat(Makespan.of(List.of(ONE, ONE), 9, 1)).isEqualTo(16);
    assertThat(Makespan.of(List.of(ONE, ONE), 9, 2)).isEqualTo(8);
  }

  @Test
  void nothingTakesNoTime() {
    assertThat(Makespan.of(List.of(), 2, 1)).isZero();
    assertThat(Makespan.of(List.of(new TrunkTimes(3, List.of()), ONE), 1, 1)).isEqualTo(17);
  }
}
