package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eigensweep.experiment.sweep.SpectrumPoints;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.spark.parallel.Reduction;
import org.eigensweep.spark.parallel.VectorPlacement;
import org.eigensweep.spark.run.Placement;

/** {@code eigensweep.spark}. */
final class PlacementSection {
  private PlacementSection() {}

  /**
   * Reads the placement. Values that only another placement uses are checked too.
   *
   * @param spectrum where the whole spectrum is measured
   */
  static Placement read(Node section, Node model, SpectrumPoints spectrum) {
    Map<String, Placement> placements = new LinkedHashMap<>();
    placements.put("trial-per-task", new Placement.TrialPerTask());
    placements.put(
        "data-parallel",
        new Placement.DataParallel(
            section.child("partitions").integerOfAtLeast(1),
            section.child("reduction").word(Words.of(Reduction.class)),
            vectors(section.child("vectors"), model.child("normalization"), spectrum)));
    return section.child("placement").word(placements);
  }

  private static VectorPlacement vectors(
      Node vectors, Node normalization, SpectrumPoints spectrum) {
    VectorPlacement chosen = vectors.word(Words.of(VectorPlacement.class));
    if (chosen == VectorPlacement.SLICED
        && normalization.word(Words.of(Normalization.class)) != Normalization.NONE) {
      throw vectors.refuse(
          "driver, since batch normalisation ties the examples of a mini-batch together",
          "correct it, or set eigensweep.model.normalization = none");
    }
    if (chosen == VectorPlacement.SLICED && !spectrum.isEmpty()) {
      throw vectors.refuse(
          "driver, since the random vectors of a whole spectrum are drawn there",
          "correct it, or remove eigensweep.measure.spectrum");
    }
    return chosen;
  }
}
