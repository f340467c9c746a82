package org.eigensweep.spark.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartRangeTest {
  @Test
  void partsDifferByOneExampleAtMost() {
    assertThat(PartRange.of(10, 1, 4))
        .containsExactly(
            new PartRange(0, 2), new PartRange(2, 5), new PartRange(5, 7), new PartRange(7, 10));
  }

  @Test
  void coupledExamplesStayTogetherAndTheRestComesLast() {
    assertThat(PartRange.of(47, 10, 3))
        .containsExactly(new PartRange(0, 10), new PartRange(10, 30), new PartRange(30, 47));
  }

  @Test
  void thereAreNoEmptyParts() {
    assertThat(PartRange.of(2, 1, 8)).containsExactly(new PartRange(0, 1), new PartRange(1, 2));
    assertThat(PartRange.of(1500, 1000, 8))
        .containsExactly(new PartRange(0, 1000), new PartRange(1000, 1500));
  }
}
