package org.eigensweep.spark.curve;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Spectral densities of trials on one grid of steps and one axis of eigenvalues.
 *
 * @param grid the buckets of steps
 * @param steps of each bucket the first step at which any trial was measured; −1 where none was
 * @param axis the bins of eigenvalues
 * @param maps of the trials that have a density
 */
@SuppressWarnings("ArrayRecordComponent") // as in Curve
public record DensityMaps(Grid grid, int[] steps, DensityAxis axis, List<DensityMap> maps) {
  public DensityMaps {
    maps = List.copyOf(maps);
  }

  /** Of trials none of which has a density. */
  public static DensityMaps none() {
    return new DensityMaps(
        new Grid(0, 1), IntStream.of(-1).toArray(), new DensityAxis(1, 1, 0, 1), List.of());
  }
}
