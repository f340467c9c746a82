package org.eigensweep.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchOrderTest {
  @Test
  void seesEveryExampleOnceAnEpoch() {
    BatchOrder order = new BatchOrder(RandomStream.BATCHES, 3, 60, 20);
    for (int epoch = 0; epoch < 4; epoch++) {
      int[] seen =
          IntStream.range(3 * epoch, 3 * epoch + 3)
              .flatMap(step -> Arrays.stream(order.batch(step)))
              .sorted()
              .toArray();
      assertThat(seen).containsExactly(IntStream.range(0, 60).toArray());
    }
  }

  @Test
  void dependsOnSeedAndStepAlone() {
    BatchOrder inOrder = new BatchOrder(RandomStream.BATCHES, 3, 60, 20);
    int[][] batches = IntStream.range(0, 9).mapToObj(inOrder::batch).toArray(int[][]::new);
    BatchOrder jumping = new BatchOrder(RandomStream.BATCHES, 3, 60, 20);
    for (int step : new int[] {7, 0, 8, 3, 3, 1}) {
      assertThat(jumping.batch(step)).containsExactly(batches[step]);
    }
    assertThat(new BatchOrder(RandomStream.BATCHES, 4, 60, 20).batch(0)).isNotEqualTo(batches[0]);
    assertThat(batches[3]).isNotEqualTo(batches[0]);
  }

  @Test
  void leavesOutWhatDoesNotFillABatch() {
    BatchOrder order = new BatchOrder(RandomStream.BATCHES, 1, 7, 3);
    Set<Integer> epoch = new HashSet<>();
    for (int step = 0; step < 2; step++) {
      Arrays.stream(order.batch(step)).forEach(epoch::add);
    }
    assertThat(epoch).hasSize(6);
    assertThat(new BatchOrder(RandomStream.BATCHES, 1, 5, 5).batch(3)).hasSize(5);
  }

  /** With 5 examples an order has 120 outcomes; 6000 epochs put about 50 ± 7 into each. */
  @Test
  void drawsAllOrdersAlike() {
    BatchOrder order = new BatchOrder(RandomStream.BATCHES, 9, 5, 5);
    long[] counts =
        IntStream.range(0, 6000)
            .mapToObj(step -> Arrays.toString(order.batch(step)))
            .collect(
                java.util.stream.Collectors.groupingBy(
                    s -> s, java.util.stream.Collectors.counting()))
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .toArray();
    assertThat(counts).hasSize(120);
    // five standard deviations
    assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(15);
    assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(85);
  }

  @Test
  void givesEachPurposeAStreamOfItsOwn() {
    Set<Long> firsts = new HashSet<>();
    for (RandomStream stream : RandomStream.values()) {
      for (long seed = 0; seed < 50; seed++) {
        for (long index = 0; index < 20; index++) {
          firsts.add(stream.of(seed, index).nextLong());
        }
      }
    }
    assertThat(firsts).hasSize(RandomStream.values().length * 50 * 20);
    assertThat(RandomStream.WEIGHTS.of(5).nextLong())
        .isEqualTo(RandomStream.WEIGHTS.of(5).nextLong());
  }
}
