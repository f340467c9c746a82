package org.eigensweep.spark.curve;

import java.util.List;

/**
 * What a report is made of.
 *
 * @param trials in order of sweep, optimiser, batch size, learning rate, rank, seed and branch
 * @param steps quantities of the table {@code steps}
 * @param eigenvalues those of the table {@code eigenvalues}
 * @param density spectral densities of the table {@code density}
 * @param layers quantities of the table {@code layers} by layer
 */
public record SweepCurves(
    List<TrialRow> trials,
    CurveSet steps,
    CurveSet eigenvalues,
    DensityMaps density,
    LayerCurves layers) {
  public SweepCurves {
    trials = List.copyOf(trials);
  }
}
