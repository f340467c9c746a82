package org.eigensweep.spark.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

/** Thinned curves, against plain loops over the same rows. */
class ThinningTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("trial", DataTypes.StringType)
          .add("step", DataTypes.IntegerType)
          .add("pair", DataTypes.IntegerType)
          .add("x", DataTypes.DoubleType)
          .add("y", DataTypes.DoubleType);

  private record Point(String trial, int step, int pair, Double x, Double y) {}

  private static Session session;

  @BeforeAll
  static void start() {
    session = Session.openForTables("thinning");
  }

  @AfterAll
  static void stop() {
    session.close();
  }

  private static Dataset<Row> table(List<Point> points) {
    List<Row> rows =
        points.stream().map(p -> RowFactory.create(p.trial, p.step, p.pair, p.x, p.y)).toList();
    return session.spark().createDataFrame(rows, SCHEMA).repartition(5);
  }

  /** Values of all kinds: ordinary, missing, not finite, and zero. */
  private static Double value(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> Double.NaN;
      case 2 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      case 3 -> 0.0;
      default -> random.nextGaussian() * Math.pow(10, random.nextInt(7) - 3);
    };
  }

  private static List<Point> points(Random random) {
    List<Point> points = new ArrayList<>();
    for (String trial : List.of("a", "b", "c")) {
      int every = 1 + random.nextInt(4);
      for (int step = random.nextInt(30); step <= 400; step += every) {
        for (int pair = 1; pair <= 2; pair++) {
          points.add(new Point(trial, step, pair, value(random), value(random)));
        }
      }
    }
    return points;
  }

  private static void check(Curve curve, List<Point> points, Grid grid) {
    int at = 0;
    for (int bucket = 0; bucket < grid.buckets(); bucket++) {
      int here = bucket;
      double[] values =
          points.stream()
              .filter(p -> p.trial.equals(curve.trial()) && p.pair == curve.pair())
              .filter(p -> p.step * grid.buckets() / (grid.lastStep() + 1) == here)
              .map(curve.quantity().equals("x") ? Point::x : Point::y)
              .filter(v -> v != null && Double.isFinite(v))
              .mapToDouble(v -> v)
              .toArray();
      if (values.length > 0) {
        assertThat(curve.buckets()[at]).isEqualTo(bucket);
        assertThat(curve.low()[at]).isEqualTo(Arrays.stream(values).min().orElseThrow());
        assertThat(curve.high()[at]).isEqualTo(Arrays.stream(values).max().orElseThrow());
        // The order of a sum of at most some tens of values moves its last digits alone.
        double size = Arrays.stream(values).map(Math::abs).max().orElseThrow();
        assertThat(curve.mean()[at])
            .isCloseTo(Arrays.stream(values).average().orElseThrow(), within(1e-13 * size));
        at++;
      }
    }
    assertThat(curve.buckets()).hasSize(at);
  }

  @Test
  void keepsTheExtremesAndTheMeanOfEachBucket() {
    for (int seed = 0; seed < 3; seed++) {
      List<Point> points = points(new Random(seed));
      Grid grid = new Grid(400, 37);
      CurveSet thinned = Thinning.of(table(points), grid, List.of("x", "y"), Thinning.BY_PAIR);
      assertThat(thinned.rows()).isEqualTo(points.size());
      assertThat(thinned.curves()).hasSize(3 * 2 * 2);
      thinned.curves().forEach(curve -> check(curve, points, grid));
      for (int bucket = 0; bucket < grid.buckets(); bucket++) {
        int here = bucket;
        assertThat(thinned.steps()[bucket])
            .isEqualTo(
                points.stream()
                    .mapToInt(Point::step)
                    .filter(step -> grid.bucketOf(step) == here)
                    .min()
                    .orElse(-1));
      }
    }
  }

  @Test
  void leavesRowsAsTheyAreWhereEachHasABucketOfItsOwn() {
    List<Point> points =
        IntStream.rangeClosed(0, 40)
            .mapToObj(i -> new Point("a", 50 * i, 0, Math.exp(-i / 7.0), null))
            .toList();
    CurveSet thinned =
        Thinning.of(table(points), new Grid(2000, 60), List.of("x", "y"), Thinning.BY_TRIAL);
    assertThat(thinned.curves()).as("y has no value").hasSize(1);
    Curve curve = thinned.curves().get(0);
    assertThat(curve.mean()).containsExactly(points.stream().mapToDouble(Point::x).toArray());
    assertThat(curve.low()).isEqualTo(curve.high());
    assertThat(Arrays.stream(curve.buckets()).map(bucket -> thinned.steps()[bucket]).toArray())
        .containsExactly(points.stream().mapToInt(Point::step).toArray());
  }

  @Test
  void hasNoCurvesOfNoRows() {
    CurveSet thinned =
        Thinning.of(table(List.of()), new Grid(0, 60), List.of("x"), Thinning.BY_PAIR);
    assertThat(thinned.curves()).isEmpty();
    assertThat(thinned.rows()).isZero();
    assertThat(thinned.steps()).containsOnly(-1);
  }

  /** Every step has a bucket, and no bucket two lines' width, up to the largest step there is. */
  @Test
  void spreadsStepsEvenly() {
    for (Grid grid : List.of(new Grid(0, 1), new Grid(7, 500), new Grid(Integer.MAX_VALUE, 500))) {
      assertThat(grid.bucketOf(0)).isZero();
      assertThat(grid.bucketOf(grid.lastStep())).isLessThan(grid.buckets());
    }
    assertThat(new Grid(Integer.MAX_VALUE, 500).bucketOf(Integer.MAX_VALUE)).isEqualTo(499);
  }

  /** A page of 200 trials with 20 eigenvalues each keeps to the cells that it has room for. */
  @Test
  void takesFewerBucketsForMoreCurves() {
    assertThat(Grid.of(20_000, 9, 10, 10).buckets()).isEqualTo(500);
    Grid many = Grid.of(20_000, 200, 10, 20);
    assertThat(many.buckets()).isEqualTo(124); // 500,000 / 200 / (10 + 20/2) = 125, and even
    assertThat(many.coarser().buckets()).isEqualTo(62);
    assertThat(Grid.of(20_000, 100_000, 10, 20).buckets()).isEqualTo(60);
  }
}
