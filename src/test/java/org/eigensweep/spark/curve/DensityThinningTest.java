package org.eigensweep.spark.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.eigensweep.spark.session.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Binned densities, against plain loops that compare eigenvalues with the edges of bins. */
class DensityThinningTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("trial", DataTypes.StringType)
          .add("step", DataTypes.IntegerType)
          .add("node", DataTypes.DoubleType)
          .add("weight", DataTypes.DoubleType);

  private record Mass(String trial, int step, double node, double weight) {}

  private static Session session;

  @BeforeAll
  static void start() {
    session = Session.openForTables("density");
  }

  @AfterAll
  static void stop() {
    session.close();
  }

  private static DensityMaps thinned(List<Mass> masses, int lastStep) {
    List<Row> rows =
        masses.stream().map(m -> RowFactory.create(m.trial, m.step, m.node, m.weight)).toList();
    Dataset<Row> table = session.spark().createDataFrame(rows, SCHEMA).repartition(5);
    return DensityThinning.of(table, lastStep);
  }

  /** A density of so many nodes, whose weights are uneven and add up to 1. */
  private static List<Mass> point(String trial, int step, double... nodes) {
    double sum = IntStream.rangeClosed(1, nodes.length).sum();
    return IntStream.range(0, nodes.length)
        .mapToObj(i -> new Mass(trial, step, nodes[i], (i + 1) / sum))
        .toList();
  }

  private static double share(
      List<Mass> masses, DensityMap map, int bucket, DensityMaps maps, int bin) {
    List<Mass> here =
        masses.stream()
            .filter(m -> m.trial.equals(map.trial()))
            .filter(m -> maps.grid().bucketOf(m.step) == bucket)
            .toList();
    long steps = here.stream().mapToInt(Mass::step).distinct().count();
    double low = maps.axis().edge(bin);
    double high = maps.axis().edge(bin + 1);
    return here.stream().filter(m -> low <= m.node && m.node < high).mapToDouble(Mass::weight).sum()
        / steps;
  }

  private static void check(List<Mass> masses, DensityMaps maps) {
    DensityAxis axis = maps.axis();
    for (DensityMap map : maps.maps()) {
      for (DensityMap.Column column : map.columns()) {
        // Sums of at most some hundred weights, each rounded to 1e-16 of 1.
        assertThat(Arrays.stream(column.shares()).sum()).isCloseTo(1, within(1e-13));
        int at = 0;
        for (int bin = axis.first(); bin < axis.first() + axis.bins(); bin++) {
          double share = share(masses, map, column.bucket(), maps, bin);
          if (share > 0) {
            assertThat(column.bins()[at]).isEqualTo(bin);
            assertThat(column.shares()[at]).isCloseTo(share, within(1e-13));
            at++;
          }
        }
        assertThat(column.bins()).as("empty bins are left out").hasSize(at);
      }
    }
  }

  private static double[] nodes(Random random, int count, DoubleUnaryOperator of) {
    return DoubleStream.generate(random::nextGaussian).limit(count).map(of).toArray();
  }

  @Test
  void sumsTheWeightsOfEachBinAsAMeanOverTheStepsOfABucket() {
    Random random = new Random(7);
    List<Mass> masses = new ArrayList<>();
    for (String trial : List.of("a", "b")) {
      int every = trial.equals("a") ? 3 : 10; // several steps a bucket, and one
      for (int step = 0; step <= 300; step += every) {
        masses.addAll(
            point(trial, step, nodes(random, 40, x -> x * Math.pow(10, random.nextInt(9) - 6))));
      }
    }
    DensityMaps maps = thinned(masses, 400);
    assertThat(maps.grid()).isEqualTo(new Grid(400, 60));
    assertThat(maps.maps()).extracting(DensityMap::trial).containsExactly("a", "b");
    assertThat(maps.axis().bins()).isBetween(64, 66);
    check(masses, maps);
    for (int bucket = 0; bucket < 60; bucket++) {
      int here = bucket;
      assertThat(maps.steps()[bucket])
          .isEqualTo(
              masses.stream()
                  .mapToInt(Mass::step)
                  .filter(step -> maps.grid().bucketOf(step) == here)
                  .min()
                  .orElse(-1));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, 3.5, -3.5, 1e-300, -1e-300, 1e30, -1e30, Double.MIN_VALUE})
  void putsEqualNodesIntoOneBin(double node) {
    DensityMaps maps = thinned(point("a", 5, node, node, node), 5);
    assertThat(maps.axis().bins()).isEqualTo(1);
    DensityMap.Column column = maps.maps().get(0).columns().get(0);
    assertThat(column.bins()).containsExactly(maps.axis().first());
    assertThat(column.shares()[0]).isCloseTo(1, within(1e-15)); // of three numbers
    assertThat(maps.axis().edge(column.bins()[0]))
        .isLessThanOrEqualTo(node + Math.abs(node) * 1e-9);
    assertThat(maps.axis().edge(column.bins()[0] + 1)).isGreaterThan(node);
  }

  @Test
  void takesSpectraOfOneSign() {
    Random random = new Random(1);
    for (int sign : new int[] {-1, 1}) {
      List<Mass> masses = point("a", 0, nodes(random, 90, x -> sign * Math.exp(3 * x)));
      DensityMaps maps = thinned(masses, 0);
      check(masses, maps);
      int end = maps.axis().first() + maps.axis().bins();
      assertThat(sign > 0 ? maps.axis().first() >= 0 : end <= 0).isTrue();
    }
  }

  /** The lowest and the highest node, and zero, are edges or lie next to one. */
  @Test
  void losesNoNodeAtAnEdge() {
    for (double scale : new double[] {1e-20, 1, 1e20}) {
      double[] nodes =
          DoubleStream.of(-1, -1e-3, -1e-17, 0, 1e-17, 1e-3, 1, 1000).map(x -> x * scale).toArray();
      DensityMaps maps = thinned(point("a", 0, nodes), 0);
      DensityMap.Column column = maps.maps().get(0).columns().get(0);
      assertThat(Arrays.stream(column.shares()).sum()).isCloseTo(1, within(1e-15 * 8));
      assertThat(column.bins()[0]).isEqualTo(maps.axis().first());
      assertThat(column.bins()[column.bins().length - 1])
          .isEqualTo(maps.axis().first() + maps.axis().bins() - 1);
      double negative =
          IntStream.range(0, column.bins().length)
              .filter(i -> column.bins()[i] < 0)
              .mapToDouble(i -> column.shares()[i])
              .sum();
      // Weights 1, 2 and 3 of 36, the tiny one too: zero is an edge.
      assertThat(negative).isCloseTo(6.0 / 36, within(1e-15 * 8));
    }
  }

  /** One point of nodes 1e20 would leave all others in one bin, if it set the scale. */
  @Test
  void oneDivergingPointLeavesTheOthersTold() {
    List<Mass> masses = new ArrayList<>();
    for (int step = 0; step < 9; step++) {
      masses.addAll(point("a", step, -0.1, 0.001, 0.1, 10));
    }
    masses.addAll(point("a", 9, -3e19, 1e20)); // uneven, or both would lie on edges
    DensityMaps maps = thinned(masses, 9);
    assertThat(maps.maps().get(0).columns().get(0).bins().length).isGreaterThan(2);
    check(masses, maps);
  }

  @Test
  void countsNeitherWhatIsNotFiniteNorWhatHasNoWeight() {
    List<Mass> masses = new ArrayList<>(point("a", 0, 1, 2));
    masses.add(new Mass("a", 0, 50, 0));
    masses.add(new Mass("b", 0, Double.NaN, 1));
    masses.add(new Mass("b", 1, Double.POSITIVE_INFINITY, 1));
    DensityMaps maps = thinned(masses, 1);
    assertThat(maps.maps()).extracting(DensityMap::trial).containsExactly("a");
    check(masses.subList(0, 2), maps);
  }

  @Test
  void hasNoMapsOfNoRows() {
    assertThat(thinned(List.of(), 20).maps()).isEmpty();
  }

  /** 200 trials with a node in each bin keep to the cells that a page has room for. */
  @Test
  void takesFewerBucketsForMoreTrials() {
    List<Mass> masses = new ArrayList<>();
    for (int trial = 0; trial < 200; trial++) {
      for (int step = 0; step <= 100; step += 5) {
        masses.addAll(point("t" + trial, step, -10, 0, 10));
      }
    }
    DensityMaps maps = thinned(masses, 100);
    assertThat(maps.axis().bins()).isBetween(64, 66);
    assertThat(maps.grid().buckets()).isEqualTo(200_000 / (200 * maps.axis().bins())).isEqualTo(15);
    assertThat(maps.maps()).hasSize(200);
    assertThat(maps.maps().get(0).columns()).hasSize(15);
  }
}
