package org.eigensweep.spark.sliced;

import java.io.Serializable;

/**
 * The range of rows that a slice holds.
 *
 * @param from the first row
 * @param to one past the last row
 */
record RowRange(int from, int to) implements Serializable {
  /**
   * The range of one slice, where n rows are cut into slices whose heights differ by one at most.
   */
  static RowRange of(int slice, int slices, int n) {
    return new RowRange(
        Math.toIntExact((long) n * slice / slices),
        Math.toIntExact((long) n * (slice + 1) / slices));
  }

  int count() {
    return to - from;
  }
}
