package org.eigensweep.spark.aggregate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.eigensweep.spark.reading.SweepTables;
import org.eigensweep.spark.table.IdentityColumns;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** What is known of each trial but its rows. */
final class TrialReader {
  private static final String TRIAL = IdentityColumns.TRIAL;

  private TrialReader() {}

  /** All trials that have rows in {@code steps}. */
  static List<SweepTrial> read(SweepTables tables) {
    Map<String, Row> finished = new HashMap<>();
    tables
        .trials()
        .select(TRIAL, "settings", "diverged_step")
        .collectAsList()
        .forEach(row -> finished.put(row.getString(0), row));
    Map<String, Row> steps = new HashMap<>();
    tables
        .steps()
        .select(TRIAL, "step")
        .join(broadcast(tables.trials().select(TRIAL, "diverged_step")), names(TRIAL), "left")
        .where(col("diverged_step").isNull().or(col("step").lt(col("diverged_step"))))
        .groupBy(TRIAL)
        .agg(max("step"), count(lit(1)))
        .collectAsList()
        .forEach(row -> steps.put(row.getString(0), row));
    List<SweepTrial> trials = new ArrayList<>();
    for (Row row : tables.identities().collectAsList()) {
      trials.add(trial(row, finished, steps));
    }
    return trials;
  }

  private static Seq<String> names(String... names) {
    return JavaConverters.asScalaBuffer(List.of(names)).toSeq();
  }

  private static SweepTrial trial(Row row, Map<String, Row> finished, Map<String, Row> steps) {
    List<Object> identity = new ArrayList<>();
    for (String name : IdentityColumns.names()) {
      identity.add(row.getAs(name));
    }
    String hash = row.getAs(TRIAL);
    Row end = finished.get(hash);
    OptionalInt diverged =
        end == null || end.isNullAt(2) ? OptionalInt.empty() : OptionalInt.of(end.getInt(2));
    boolean runs = row.getAs(SweepTables.STATUS).equals(SweepTables.RUNNING);
    Row before = steps.get(hash);
    return new SweepTrial(
        identity,
        end == null ? null : end.getString(1),
        Life.of(before == null ? -1 : before.getInt(1), diverged, runs),
        before == null ? 0 : before.getLong(2));
  }
}
