package org.eigensweep.spark.parallel;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The range of examples that a partition holds.
 *
 * @param from the first example
 * @param to one past the last example
 */
record ExampleRange(int from, int to) implements Serializable {
  /**
   * Cuts examples into partitions of nearly equal size.
   *
   * @param examples number of examples, at least 1
   * @param coupled consecutive examples that must stay together, at least 1
   * @param parts number of partitions wanted; there are fewer if there are fewer groups of coupled
   *     examples
   * @return in order; every partition begins at a multiple of {@code coupled}
   */
  static List<ExampleRange> of(int examples, int coupled, int parts) {
    int groups = (examples + coupled - 1) / coupled;
    int count = Math.min(parts, groups);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new ExampleRange(
                    start(i, groups, count) * coupled,
                    Math.min(start(i + 1, groups, count) * coupled, examples)))
        .toList();
  }

  private static int start(int part, int groups, int parts) {
    return Math.toIntExact((long) groups * part / parts);
  }
}
