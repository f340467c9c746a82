package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeftoverTest {
  @Test
  void saysWhatIsFinishedAndWhatIsKept() {
    assertThat(new Leftover(9, 0, 0, 0, "out").words())
        .isEqualTo(
            "stopped: none of 9 trials is finished in out; the same command runs them from their start");
    assertThat(new Leftover(9, 1, 0, 0, "out").words())
        .isEqualTo("stopped: 1 of 9 trials is finished in out; the same command runs the others");
    assertThat(new Leftover(9, 2, 1, 3, "out").words())
        .isEqualTo(
            "stopped: 2 of 9 trials are finished in out, which has checkpoints of 1 trunk and 3"
                + " branches; the same command goes on from them");
    assertThat(new Leftover(9, 8, 0, 1, "out").words())
        .isEqualTo(
            "stopped: 8 of 9 trials are finished in out, which has checkpoints of 1 branch; the"
                + " same command goes on from them");
    assertThat(new Leftover(9, 0, 2, 0, "out").words())
        .contains("has checkpoints of 2 trunks; the same");
  }
}
