package org.eigensweep.linalg;

import java.io.Serializable;

/**
 * Consecutive coordinates of a vector, at least one.
 *
 * @param from the first
 * @param to one past the last
 */
public record IndexRange(int from, int to) implements Serializable {
  public IndexRange {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "coordinates from %d to before %d are no range, expected 0 <= from < to"
              .formatted(from, to));
    }
  }

  /** Number of coordinates. */
  public int size() {
    return to - from;
  }

  /** As in "0:4096", the slice that Python would take. */
  @Override
  public String toString() {
    return from + ":" + to;
  }
}
