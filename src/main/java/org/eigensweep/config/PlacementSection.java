package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eigensweep.spark.Placement;
import org.eigensweep.spark.parallel.Reduction;

/** {@code eigensweep.spark}. */
final class PlacementSection {
  private PlacementSection() {}

  /** The placement; what another one would need is checked as well. */
  static Placement read(Node section) {
    Map<String, Placement> placements = new LinkedHashMap<>();
    placements.put("trial-per-task", new Placement.TrialPerTask());
    placements.put(
        "data-parallel",
        new Placement.DataParallel(
            section.child("partitions").integerOfAtLeast(1),
            section.child("reduction").word(Words.of(Reduction.class))));
    return section.child("placement").word(placements);
  }
}
