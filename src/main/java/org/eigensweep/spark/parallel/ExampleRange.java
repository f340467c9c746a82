package org.eigensweep.spark.parallel;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a part of the training set lies.
 *
 * @param from its first example
 * @param to one past its last example
 */
record ExampleRange(int from, int to) implements Serializable {
  /**
   * Cuts examples into parts of nearly equal size.
   *
   * @param examples number of examples, at least 1
   * @param coupled consecutive examples that must stay together, at least 1
   * @param parts the number of parts wanted; there are fewer where so many examples are coupled
   * @return in order; every part begins at a multiple of {@code coupled}
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
