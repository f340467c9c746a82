package org.eigensweep.spark.curve;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Thins spectral densities to shares of the spectrum by bucket of steps and bin of eigenvalues,
 * where the rows are. Nodes that are not finite count for nothing.
 */
final class DensityThinning {
  private static final String TRIAL = "trial";

  /** A figure of more columns shows no more. */
  private static final int MOST_BUCKETS = 60;

  /** A figure of fewer would hide when the spectrum changes. */
  private static final int LEAST_BUCKETS = 12;

  /** Cells of all trials together: about eleven characters each, 2 MB. */
  private static final long MOST_CELLS = 200_000;

  /** Columns of a thinned row. */
  private static final int BUCKET = 1;

  private static final int BIN = 2;
  private static final int WEIGHT = 3;
  private static final int FIRST_STEP = 4;

  private final Grid grid;
  private final DensityAxis axis;

  private DensityThinning(Grid grid, DensityAxis axis) {
    this.grid = grid;
    this.axis = axis;
  }

  /**
   * Thins a table, in two Spark jobs.
   *
   * @param rows has the columns {@code trial}, {@code step}, {@code node} and {@code weight}
   * @param lastStep the largest step of any trial, at least as large as that of any row
   */
  static DensityMaps of(Dataset<Row> rows, int lastStep) {
    Dataset<Row> there = rows.filter("weight > 0 and abs(node) < double('infinity')");
    Row all =
        there
            .groupBy(TRIAL, "step")
            .agg(
                expr("min(node) as low"),
                expr("max(node) as high"),
                expr("max(abs(node)) as largest"))
            .agg(
                expr("min(low)"),
                expr("max(high)"),
                expr("percentile(largest, 0.5)"),
                expr("count(distinct trial)"))
            .first();
    if (all.isNullAt(0)) {
      return DensityMaps.none();
    }
    DensityAxis axis = DensityAxis.of(all.getDouble(0), all.getDouble(1), all.getDouble(2));
    return new DensityThinning(gridOf(lastStep, all.getLong(3), axis), axis).of(there);
  }

  private static Grid gridOf(int lastStep, long trials, DensityAxis axis) {
    long fit = MOST_CELLS / (trials * axis.bins());
    return new Grid(lastStep, (int) Math.max(LEAST_BUCKETS, Math.min(MOST_BUCKETS, fit)));
  }

  private DensityMaps of(Dataset<Row> there) {
    List<Row> thinned =
        there
            .groupBy(col(TRIAL), expr(grid.sql()).as("bucket"), expr(axis.sql()).as("bin"))
            .agg(expr("sum(weight)"), expr("min(step)"))
            .orderBy(TRIAL, "bucket", "bin")
            .collectAsList();
    return new DensityMaps(
        grid, Thinning.firstSteps(grid, thinned, BUCKET, FIRST_STEP), axis, maps(thinned));
  }

  private static List<DensityMap> maps(List<Row> thinned) {
    List<DensityMap> maps = new ArrayList<>();
    for (List<Row> trial : runs(thinned, 0)) {
      List<DensityMap.Column> columns = runs(trial, BUCKET).stream().map(r -> column(r)).toList();
      maps.add(new DensityMap(trial.get(0).getString(0), columns));
    }
    return maps;
  }

  /** Neighbours that agree in a column. */
  private static List<List<Row>> runs(List<Row> rows, int column) {
    int[] starts =
        IntStream.range(0, rows.size())
            .filter(i -> i == 0 || !rows.get(i - 1).get(column).equals(rows.get(i).get(column)))
            .toArray();
    return IntStream.range(0, starts.length)
        .mapToObj(i -> rows.subList(starts[i], i + 1 < starts.length ? starts[i + 1] : rows.size()))
        .toList();
  }

  /** The weights of each step add up to 1, so their sum is the number of steps in the bucket. */
  private static DensityMap.Column column(List<Row> rows) {
    double steps = rows.stream().mapToDouble(row -> row.getDouble(WEIGHT)).sum();
    return new DensityMap.Column(
        rows.get(0).getInt(BUCKET),
        rows.stream().mapToInt(row -> row.getInt(BIN)).toArray(),
        rows.stream().mapToDouble(row -> row.getDouble(WEIGHT) / steps).toArray());
  }
}
