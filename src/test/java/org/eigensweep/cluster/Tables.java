package org.eigensweep.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables of sweeps, without what differs from run to run: times, hosts, where data lay. */
final class Tables implements AutoCloseable {
  private static final String[] VOLATILE = {
    "trunk_seconds",
    "branch_seconds",
    "steps_per_second",
    "seconds",
    "data",
    "finished_at",
    "host",
    "settings",
    "train_source",
    "test_source"
  };

  private final SparkSession spark =
      SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false").getOrCreate();

  /** All rows of all tables of an output folder as text, in an order of their own. */
  Map<String, List<String>> read(String output) {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    for (String table : List.of("trials", "steps", "eigenvalues")) {
      tables.put(table, rows(output, table));
    }
    return tables;
  }

  private List<String> rows(String output, String table) {
    return spark.read().parquet(output + "/" + table).drop(VOLATILE).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  /** The values of a column of the trials, each once. */
  List<String> distinct(String output, String column) {
    return spark
        .read()
        .parquet(output + "/trials")
        .select(column)
        .distinct()
        .collectAsList()
        .stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  @Override
  public void close() {
    spark.stop();
  }
}
