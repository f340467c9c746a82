package org.eigensweep.spark.curve;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.eigensweep.spark.curve.TrialRow.Progress;
import org.eigensweep.spark.reading.SweepTables;
import org.eigensweep.spark.table.IdentityColumns;
import org.eigensweep.spark.table.LayersTable;

/** Reads what a report shows from the tables of one folder or of several. */
public final class CurveReader {
  /** Columns of {@code steps} that figures draw. */
  private static final List<String> STEPS =
      List.of(
          "train_loss",
          "test_accuracy",
          "chi_gradient",
          "chi_update",
          "learning_rate_dominant",
          "learning_rate_bulk",
          "distance",
          "distance_to_plain",
          "sharpness",
          "stability_threshold");

  private final Dataset<Row> trials;
  private final Dataset<Row> steps;
  private final Dataset<Row> eigenvalues;
  private final Dataset<Row> density;
  private final Dataset<Row> layers;

  private CurveReader(SweepTables tables) {
    this.trials = tables.trials();
    this.steps = tables.steps();
    this.eigenvalues = tables.eigenvalues();
    this.density = tables.density();
    this.layers = tables.layers();
  }

  /** Reads and thins, in a few Spark jobs. */
  public static SweepCurves read(SweepTables tables) {
    return new CurveReader(tables).read();
  }

  private SweepCurves read() {
    List<TrialRow> rows = trialRows();
    int lastStep = rows.stream().mapToInt(row -> row.progress().lastStep()).max().orElse(0);
    // Trials have all their pairs from the start, and one step's rows are found without the others.
    Row pairs = eigenvalues.filter("step = 0").agg(expr("coalesce(max(pair), 0)")).first();
    LayerThinning byLayer = LayerThinning.of(layers);
    Grid grid = Grid.of(lastStep, rows.size(), STEPS.size(), pairs.getInt(0) + byLayer.curves());
    return new SweepCurves(
        rows,
        Thinning.of(steps, grid, STEPS, Thinning.BY_TRIAL).and(traces(grid)),
        Thinning.of(eigenvalues, grid.coarser(), List.of("eigenvalue"), Thinning.BY_PAIR),
        DensityThinning.of(density, lastStep),
        byLayer.thinned(grid.coarser()));
  }

  /** Of the whole Hessian, whose points are some of those of the table {@code steps}. */
  private List<Curve> traces(Grid grid) {
    Dataset<Row> whole = layers.filter(col("layer").equalTo(LayersTable.WHOLE));
    return Thinning.of(whole, grid, List.of("trace"), Thinning.BY_TRIAL).curves();
  }

  private List<TrialRow> trialRows() {
    Map<String, Map<String, Object>> finished = new HashMap<>();
    for (Row row : trials.collectAsList()) {
      finished.put(row.getAs("trial"), cells(row, trials.columns()));
    }
    List<String> known = IdentityColumns.names();
    Stream<Column> identity =
        known.stream().skip(1).map(name -> expr("first(`%s`)".formatted(name)).as(name));
    Column[] columns = Stream.concat(identity, progressColumns()).toArray(Column[]::new);
    return steps
        .groupBy(col("trial"))
        .agg(columns[0], Arrays.copyOfRange(columns, 1, columns.length))
        .orderBy("experiment", "optimizer", "batch_size", "learning_rate", "rank", "seed", "branch")
        .collectAsList()
        .stream()
        .map(row -> trialRow(row, known, finished))
        .toList();
  }

  private static Stream<Column> progressColumns() {
    return Stream.of(
        expr("max(step)").as("last_step"),
        expr("max_by(train_loss, step) filter (where train_loss is not null)").as("last_loss"),
        expr("min(step) filter (where phase = 'branch')").as("branch_step"),
        expr("min_by(train_loss, step) filter (where phase = 'branch')").as("branch_loss"),
        expr("avg(chi_gradient) filter (where phase = 'branch')").as("branch_alignment"));
  }

  private static TrialRow trialRow(
      Row row, List<String> identity, Map<String, Map<String, Object>> finished) {
    String trial = row.getAs("trial");
    Map<String, Object> cells =
        finished.getOrDefault(trial, cells(row, identity.toArray(String[]::new)));
    return new TrialRow(trial, progress(row), cells);
  }

  private static Progress progress(Row row) {
    return new Progress(
        row.getAs("last_step"),
        number(row, "last_loss"),
        row.isNullAt(row.fieldIndex("branch_step")) ? -1 : row.<Integer>getAs("branch_step"),
        number(row, "branch_loss"),
        number(row, "branch_alignment"));
  }

  private static double number(Row row, String column) {
    Double value = row.getAs(column);
    return value == null ? Double.NaN : value;
  }

  private static Map<String, Object> cells(Row row, String... columns) {
    Map<String, Object> cells = new LinkedHashMap<>();
    for (String column : columns) {
      Object value = row.getAs(column);
      cells.put(column, value instanceof java.sql.Timestamp at ? at.toInstant() : value);
    }
    return cells;
  }
}
