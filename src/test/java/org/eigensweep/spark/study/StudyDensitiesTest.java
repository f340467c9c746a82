package org.eigensweep.spark.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eigensweep.spark.curve.DensityMap;
import org.eigensweep.spark.curve.DensityMaps;
import org.junit.jupiter.api.Test;

/** Densities in bins, against the edges that the axis itself gives. */
class StudyDensitiesTest {
  private static Map<String, Object> mass(Double node, Double weight) {
    Map<String, Object> row = new HashMap<>();
    row.put("node", node);
    row.put("weight", weight);
    return row;
  }

  private static Study study(List<Map<String, Object>> masses) {
    return new Study("out", Map.of("study", "a"), List.of(), masses, List.of());
  }

  private static Study random(long seed, double size) {
    Random random = new Random(seed);
    List<Map<String, Object>> masses = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      double node = size * Math.pow(random.nextGaussian(), 3);
      masses.add(mass(i == 7 ? 0.0 : node, 1 / 80.0));
    }
    return study(masses);
  }

  @Test
  void putsEachMassBetweenTheEdgesOfItsBin() {
    List<Study> studies = List.of(random(1, 1), random(2, 30), random(3, 1e-4));
    DensityMaps maps = StudyDensities.of(studies);
    assertThat(maps.maps().stream().map(DensityMap::trial)).containsExactly("0", "1", "2");
    for (int i = 0; i < studies.size(); i++) {
      double[] nodes = Study.numbers(studies.get(i).masses(), "node");
      DensityMap.Column column = maps.maps().get(i).columns().get(0);
      assertThat(Arrays.stream(column.shares()).sum()).isCloseTo(1, within(1e-13)); // 80 roundings
      for (int b = 0; b < column.bins().length; b++) {
        double from = maps.axis().edge(column.bins()[b]);
        double to = maps.axis().edge(column.bins()[b] + 1);
        long inside = Arrays.stream(nodes).filter(node -> node >= from && node < to).count();
        // within a mass of 1/80: the sum of as many as lie there
        assertThat(column.shares()[b]).isCloseTo(inside / 80.0, within(1e-13));
      }
      assertThat(column.bins()[0]).isGreaterThanOrEqualTo(maps.axis().first());
      assertThat(column.bins()[column.bins().length - 1])
          .isLessThan(maps.axis().first() + maps.axis().bins());
    }
  }

  @Test
  void leavesOutWhatIsNoMassAndStudiesThatHaveNone() {
    Study none =
        study(List.of(mass(Double.POSITIVE_INFINITY, 0.5), mass(1.0, 0.0), mass(null, 1.0)));
    Study one = study(List.of(mass(2.0, 1.0)));
    DensityMaps maps = StudyDensities.of(List.of(none, one));
    assertThat(maps.maps()).hasSize(1);
    assertThat(maps.maps().get(0).trial()).isEqualTo("1");
    assertThat(maps.maps().get(0).columns().get(0).shares()).containsExactly(1);
    assertThat(StudyDensities.of(List.of(study(List.of()))).maps()).isEmpty();
  }
}
