package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eigensweep.experiment.sweep.NetworkSource;
import org.eigensweep.experiment.sweep.ProblemSource;
import org.eigensweep.experiment.sweep.SpectrumPoints;
import org.eigensweep.spark.parallel.Reduction;
import org.eigensweep.spark.parallel.VectorPlacement;
import org.eigensweep.spark.run.Placement;
import org.eigensweep.spark.task.DeviceChoice;

/** {@code eigensweep.spark}. */
final class PlacementSection {
  private PlacementSection() {}

  /**
   * Reads the placement. Values that only another placement uses are checked too.
   *
   * @param problem what is trained
   * @param spectrum where the whole spectrum is measured
   * @param device on what tasks compute
   */
  static Placement read(
      Node section, ProblemSource problem, SpectrumPoints spectrum, DeviceChoice device) {
    Map<String, Placement> placements = new LinkedHashMap<>();
    placements.put("trial-per-task", new Placement.TrialPerTask(device));
    placements.put(
        "data-parallel",
        new Placement.DataParallel(
            section.child("partitions").integerOfAtLeast(1),
            section.child("reduction").word(Words.of(Reduction.class)),
            vectors(section.child("vectors"), problem, spectrum),
            device));
    return section.child("placement").word(placements);
  }

  private static VectorPlacement vectors(
      Node vectors, ProblemSource problem, SpectrumPoints spectrum) {
    VectorPlacement chosen = vectors.word(Words.of(VectorPlacement.class));
    if (chosen == VectorPlacement.SLICED
        && problem instanceof NetworkSource network
        && network.settings().blueprint().couplesExamples()) {
      throw vectors.refuse(
          "driver, since batch normalisation ties the examples of a mini-batch together",
          "correct it, or take a model without");
    }
    if (chosen == VectorPlacement.SLICED && !spectrum.isEmpty()) {
      throw vectors.refuse(
          "driver, since the random vectors of a whole spectrum are drawn there",
          "correct it, or remove eigensweep.measure.spectrum");
    }
    return chosen;
  }
}
