package org.eigensweep.spark.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CutTest {
  @Test
  void partsDifferByOneExampleAtMost() {
    assertThat(Cut.of(10, 1, 4))
        .containsExactly(new Cut(0, 2), new Cut(2, 5), new Cut(5, 7), new Cut(7, 10));
  }

  @Test
  void coupledExamplesStayTogetherAndTheRestComesLast() {
    assertThat(Cut.of(47, 10, 3)).containsExactly(new Cut(0, 10), new Cut(10, 30), new Cut(30, 47));
  }

  @Test
  void thereAreNoEmptyParts() {
    assertThat(Cut.of(2, 1, 8)).containsExactly(new Cut(0, 1), new Cut(1, 2));
    assertThat(Cut.of(1500, 1000, 8)).containsExactly(new Cut(0, 1000), new Cut(1000, 1500));
  }
}
