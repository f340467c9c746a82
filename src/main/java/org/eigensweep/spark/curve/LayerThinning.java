package org.eigensweep.spark.curve;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.eigensweep.spark.table.LayersTable;

/** Thins the quantities of layers, as those of pairs are. */
final class LayerThinning {
  private static final String LAYER = "layer";

  private final Dataset<Row> rows;
  private final List<String> names;

  private LayerThinning(Dataset<Row> rows, List<String> names) {
    this.rows = rows;
    this.names = names;
  }

  /**
   * Looks which layers there are.
   *
   * @param table has the columns of {@code layers}
   */
  static LayerThinning of(Dataset<Row> table) {
    Dataset<Row> rows = table.filter(col(LAYER).notEqual(LayersTable.WHOLE));
    // The rows of a point are in the network's order, in a file of its own for each trial.
    List<String> names =
        rows
            .select(col("trial"), col("step"), col(LAYER), monotonically_increasing_id().as("row"))
            .withColumn("place", expr("row_number() over (partition by trial, step order by row)"))
            .groupBy(LAYER)
            .agg(expr("min(place) as place"))
            .orderBy("place", LAYER)
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    return new LayerThinning(rows, names);
  }

  /** Number of curves of a trial. */
  int curves() {
    return names.size() * LayerCurves.QUANTITIES.size();
  }

  LayerCurves thinned(Grid grid) {
    if (names.isEmpty()) {
      return LayerCurves.none();
    }
    Column share = expr("trace / nullif(sum(trace) over (partition by trial, step), 0)");
    Column[] known = names.stream().map(functions::lit).toArray(Column[]::new);
    return new LayerCurves(
        names,
        Thinning.of(
            rows.withColumn("trace_share", share),
            grid,
            LayerCurves.QUANTITIES,
            array_position(array(known), col(LAYER)).cast("int")));
  }
}
