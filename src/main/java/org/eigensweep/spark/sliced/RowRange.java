package org.eigensweep.spark.sliced;

import java.io.Serializable;

/**
 * The rows of a slice.
 *
 * @param from the first
 * @param to one past the last
 */
record RowRange(int from, int to) implements Serializable {
  /** The rows of a slice, where n rows are cut into slices of nearly equal height. */
  static RowRange of(int slice, int slices, int n) {
    return new RowRange(
        Math.toIntExact((long) n * slice / slices),
        Math.toIntExact((long) n * (slice + 1) / slices));
  }

  int count() {
    return to - from;
  }
}
