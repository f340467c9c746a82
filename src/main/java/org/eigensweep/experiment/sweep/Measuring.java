package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import java.util.List;

/**
 * Which points of a trajectory are measured, and what is measured there beyond what the eigenpairs
 * of a point say by themselves.
 *
 * @param every steps between two rows of the tables, which have the losses
 * @param eigenspaceEvery steps between two rows that have the eigenspace too; a multiple of every
 * @param lossChange how far loss changes are taken apart
 * @param overlaps steps from the earlier spaces that the space of a row is compared with, ascending
 * @param plainDistance whether a branch that projects is compared with plain training
 * @param noiseBatches mini-batches whose gradients' covariance is measured: none, or at least two
 * @param spectrum where the whole spectrum is measured, each of them a row
 */
public record Measuring(
    int every,
    int eigenspaceEvery,
    LossChange lossChange,
    List<Integer> overlaps,
    PlainDistance plainDistance,
    int noiseBatches,
    SpectrumPoints spectrum)
    implements Serializable {
  /** With the eigenspace in each row. */
  public Measuring(
      int every,
      LossChange lossChange,
      List<Integer> overlaps,
      PlainDistance plainDistance,
      int noiseBatches,
      SpectrumPoints spectrum) {
    this(every, every, lossChange, overlaps, plainDistance, noiseBatches, spectrum);
  }

  /** Without the whole spectrum. */
  public Measuring(
      int every,
      LossChange lossChange,
      List<Integer> overlaps,
      PlainDistance plainDistance,
      int noiseBatches) {
    this(every, lossChange, overlaps, plainDistance, noiseBatches, SpectrumPoints.NONE);
  }

  /** Without the distance from plain training. */
  public Measuring(int every, LossChange lossChange, List<Integer> overlaps, int noiseBatches) {
    this(every, lossChange, overlaps, PlainDistance.OFF, noiseBatches);
  }

  /** Rows at every so many steps, which hold what is free. */
  public static Measuring every(int steps) {
    return new Measuring(steps, LossChange.PARTIAL, List.of(), 0);
  }
}
