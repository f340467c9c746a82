package org.eigensweep.spark.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExampleRangeTest {
  @Test
  void partsDifferByOneExampleAtMost() {
    assertThat(ExampleRange.of(10, 1, 4))
        .containsExactly(
            new ExampleRange(0, 2),
            new ExampleRange(2, 5),
            new ExampleRange(5, 7),
            new ExampleRange(7, 10));
  }

  @Test
  void coupledExamplesStayTogetherAndTheRestComesLast() {
    assertThat(ExampleRange.of(47, 10, 3))
        .containsExactly(
            new ExampleRange(0, 10), new ExampleRange(10, 30), new ExampleRange(30, 47));
  }

  @Test
  void thereAreNoEmptyParts() {
    assertThat(ExampleRange.of(2, 1, 8))
        .containsExactly(new ExampleRange(0, 1), new ExampleRange(1, 2));
    assertThat(ExampleRange.of(1500, 1000, 8))
        .containsExactly(new ExampleRange(0, 1000), new ExampleRange(1000, 1500));
  }
}
