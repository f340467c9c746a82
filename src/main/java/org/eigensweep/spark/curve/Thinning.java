package org.eigensweep.spark.curve;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Thins the rows of many trials to a few numbers a bucket, where the rows are. Rows that are there
 * twice, as where two folders hold one trial, count once: lowest, highest and mean stay the same.
 */
final class Thinning {
  private static final String TRIAL = "trial";
  private static final String PAIR = "pair";

  /** A trial has one curve. */
  static final Column BY_TRIAL = lit(0);

  /** A trial has one curve for each place in the column {@code pair}. */
  static final Column BY_PAIR = col(PAIR);

  /** First columns of a thinned row: trial, pair, bucket, first step, rows. */
  private static final int BUCKET = 2;

  private static final int FIRST_STEP = 3;
  private static final int ROWS = 4;
  private static final int VALUES = 5;

  private final Grid grid;
  private final List<String> quantities;

  private Thinning(Grid grid, List<String> quantities) {
    this.grid = grid;
    this.quantities = quantities;
  }

  /**
   * Thins quantities of a table.
   *
   * @param rows has the columns {@code trial}, {@code step} and the quantities
   * @param pair which of a trial's curves a row is a point of, an integer: {@link #BY_TRIAL},
   *     {@link #BY_PAIR} or another
   */
  static CurveSet of(Dataset<Row> rows, Grid grid, List<String> quantities, Column pair) {
    return new Thinning(grid, quantities).of(rows, pair);
  }

  private CurveSet of(Dataset<Row> rows, Column pair) {
    List<Column> numbers = new ArrayList<>();
    numbers.add(expr("count(1)"));
    for (String quantity : quantities) {
      // NaN is the largest number to Spark.
      String finite =
          "case when abs(`%1$s`) < double('infinity') then `%1$s` end".formatted(quantity);
      numbers.add(expr("min(%s)".formatted(finite)));
      numbers.add(expr("avg(%s)".formatted(finite)));
      numbers.add(expr("max(%s)".formatted(finite)));
    }
    List<Row> thinned =
        rows.groupBy(col(TRIAL), pair.as(PAIR), expr(grid.sql()).as("bucket"))
            .agg(expr("min(step)"), numbers.toArray(Column[]::new))
            .orderBy(TRIAL, PAIR, "bucket")
            .collectAsList();
    return new CurveSet(
        grid,
        firstSteps(grid, thinned, BUCKET, FIRST_STEP),
        thinned.stream().mapToLong(r -> r.getLong(ROWS)).sum(),
        curves(thinned));
  }

  /**
   * The first step that any thinned row of a bucket has, for each bucket; −1 where there is none.
   *
   * @param bucket the column of the bucket
   * @param first the column of the row's first step
   */
  static int[] firstSteps(Grid grid, List<Row> thinned, int bucket, int first) {
    int[] steps = new int[grid.buckets()];
    Arrays.fill(steps, -1);
    for (Row row : thinned) {
      int at = row.getInt(bucket);
      int step = row.getInt(first);
      steps[at] = steps[at] < 0 ? step : Math.min(steps[at], step);
    }
    return steps;
  }

  private List<Curve> curves(List<Row> thinned) {
    List<Curve> curves = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= thinned.size(); to++) {
      if (to == thinned.size() || !sameCurve(thinned.get(from), thinned.get(to))) {
        List<Row> rows = thinned.subList(from, to);
        for (int q = 0; q < quantities.size(); q++) {
          Curve curve = curve(rows, q);
          if (curve.buckets().length > 0) {
            curves.add(curve);
          }
        }
        from = to;
      }
    }
    return curves;
  }

  private static boolean sameCurve(Row one, Row other) {
    return one.getString(0).equals(other.getString(0)) && one.getInt(1) == other.getInt(1);
  }

  private Curve curve(List<Row> rows, int quantity) {
    int low = VALUES + 3 * quantity;
    List<Row> there = rows.stream().filter(row -> !row.isNullAt(low)).toList();
    return new Curve(
        rows.get(0).getString(0),
        quantities.get(quantity),
        rows.get(0).getInt(1),
        there.stream().mapToInt(row -> row.getInt(BUCKET)).toArray(),
        there.stream().mapToDouble(row -> row.getDouble(low)).toArray(),
        there.stream().mapToDouble(row -> row.getDouble(low + 1)).toArray(),
        there.stream().mapToDouble(row -> row.getDouble(low + 2)).toArray());
  }
}
