package org.eigensweep.spark.curve;

import java.util.List;
import java.util.stream.Stream;

/**
 * Curves on one grid.
 *
 * @param grid the buckets
 * @param steps of each bucket the first step that any trial has a row of; −1 where none has
 * @param rows number of rows that the curves stand for
 * @param curves by trial, quantity and pair
 */
@SuppressWarnings("ArrayRecordComponent") // as in Curve
public record CurveSet(Grid grid, int[] steps, long rows, List<Curve> curves) {
  public CurveSet {
    curves = List.copyOf(curves);
  }

  /** These and further curves on the same grid. */
  CurveSet and(List<Curve> more) {
    return new CurveSet(grid, steps, rows, Stream.concat(curves.stream(), more.stream()).toList());
  }
}
