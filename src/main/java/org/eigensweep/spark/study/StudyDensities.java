package org.eigensweep.spark.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eigensweep.spark.curve.DensityAxis;
import org.eigensweep.spark.curve.DensityMap;
import org.eigensweep.spark.curve.DensityMaps;
import org.eigensweep.spark.curve.Grid;

/** Puts the spectral densities of studies into bins on one axis, as those of trials are. */
public final class StudyDensities {
  private StudyDensities() {}

  /**
   * Shares of the spectrum by bin of eigenvalues.
   *
   * @return a map of one column for each study that has a finite mass; it is called by the study's
   *     place in the list, from "0"
   */
  public static DensityMaps of(List<Study> studies) {
    double[] typical = studies.stream().mapToDouble(StudyDensities::largest).sorted().toArray();
    double[] all = studies.stream().flatMapToDouble(s -> Arrays.stream(nodes(s))).toArray();
    double[] finite = Arrays.stream(all).filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      return DensityMaps.none();
    }
    DensityAxis axis =
        DensityAxis.of(
            Arrays.stream(finite).min().orElseThrow(),
            Arrays.stream(finite).max().orElseThrow(),
            typical[typical.length / 2]);
    List<DensityMap> maps = new ArrayList<>();
    for (int i = 0; i < studies.size(); i++) {
      SortedMap<Integer, Double> shares = shares(studies.get(i), axis);
      if (!shares.isEmpty()) {
        maps.add(new DensityMap(String.valueOf(i), List.of(column(shares))));
      }
    }
    return new DensityMaps(new Grid(0, 1), IntStream.of(0).toArray(), axis, maps);
  }

  private static double[] nodes(Study study) {
    return Study.numbers(study.masses(), "node");
  }

  private static double largest(Study study) {
    return Arrays.stream(nodes(study)).map(Math::abs).filter(Double::isFinite).max().orElse(0);
  }

  private static SortedMap<Integer, Double> shares(Study study, DensityAxis axis) {
    double[] nodes = nodes(study);
    double[] weights = Study.numbers(study.masses(), "weight");
    SortedMap<Integer, Double> shares = new TreeMap<>();
    for (int i = 0; i < nodes.length; i++) {
      if (weights[i] > 0 && Double.isFinite(nodes[i])) {
        shares.merge(axis.bin(nodes[i]), weights[i], Double::sum);
      }
    }
    return shares;
  }

  private static DensityMap.Column column(Map<Integer, Double> shares) {
    return new DensityMap.Column(
        0,
        shares.keySet().stream().mapToInt(bin -> bin).toArray(),
        shares.values().stream().mapToDouble(share -> share).toArray());
  }
}
