package org.eigensweep.spark.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  /** Few distinct values, many, one; in order, against it, and in none: sorting is the oracle. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1000})
  void findsWhatSortingFinds(int distinct) {
    Random random = new Random(distinct);
    for (int size : new int[] {1, 2, 3, 17, 1000}) {
      double[] drawn =
          IntStream.range(0, size).mapToDouble(i -> random.nextInt(distinct)).toArray();
      double[] sorted = drawn.clone();
      Arrays.sort(sorted);
      double[] falling = IntStream.range(0, size).mapToDouble(i -> sorted[size - 1 - i]).toArray();
      for (double share : new double[] {0, 0.025, 0.3, 0.5, 0.975, 1}) {
        double expected = new Sample(sorted).quantiles(share)[0];
        for (double[] order : new double[][] {drawn, sorted, falling}) {
          assertThat(Selection.quantile(order.clone(), share)).isEqualTo(expected);
        }
      }
    }
  }
}
