package org.eigensweep.linalg;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;

/**
 * Some coordinates of a vector, in the vector's order.
 *
 * @param ranges at least one, ascending, with a gap between each and the next
 */
public record Coordinates(List<IndexRange> ranges) implements Serializable {
  public Coordinates {
    ranges = List.copyOf(ranges);
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("no coordinates, expected at least one range of them");
    }
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i).from() <= ranges.get(i - 1).to()) {
        throw new IllegalArgumentException(
            "coordinates %s after %s, expected ascending ranges with gaps between them"
                .formatted(ranges.get(i), ranges.get(i - 1)));
      }
    }
  }

  /** All that are in one of some ranges, which may overlap and come in any order. */
  public static Coordinates union(List<IndexRange> ranges) {
    List<IndexRange> merged = new ArrayList<>();
    for (IndexRange next :
        ranges.stream().sorted(Comparator.comparingInt(IndexRange::from)).toList()) {
      int last = merged.size() - 1;
      if (last >= 0 && next.from() <= merged.get(last).to()) {
        int to = Math.max(merged.get(last).to(), next.to());
        merged.set(last, new IndexRange(merged.get(last).from(), to));
      } else {
        merged.add(next);
      }
    }
    return new Coordinates(merged);
  }

  /** Number of coordinates. */
  public int size() {
    return ranges.stream().mapToInt(IndexRange::size).sum();
  }

  /** One past the last of them. */
  public int end() {
    return ranges.get(ranges.size() - 1).to();
  }

  /**
   * part ← these coordinates of each column.
   *
   * @param whole n × m
   * @param part {@link #size} × m
   */
  public void gather(Matrix whole, Matrix part) {
    forEach(whole, part, (device, there, here) -> device.copy(there, here));
  }

  /**
   * These coordinates of each column ← part; the others stay.
   *
   * @param part {@link #size} × m
   * @param whole n × m
   */
  public void scatter(Matrix part, Matrix whole) {
    forEach(whole, part, (device, there, here) -> device.copy(here, there));
  }

  private interface Copy {
    void between(Device device, Matrix there, Matrix here);
  }

  private void forEach(Matrix whole, Matrix part, Copy copy) {
    for (int j = 0; j < part.columns(); j++) {
      long here = (long) j * part.rows();
      for (IndexRange range : ranges) {
        long there = (long) j * whole.rows() + range.from();
        copy.between(
            whole.device(), whole.view(there, range.size(), 1), part.view(here, range.size(), 1));
        here += range.size();
      }
    }
  }

  /** As in "0:4096, 5000:5010": the slices that Python would take. */
  @Override
  public String toString() {
    return ranges.stream().map(IndexRange::toString).collect(Collectors.joining(", "));
  }
}
