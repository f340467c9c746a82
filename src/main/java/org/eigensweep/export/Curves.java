package org.eigensweep.export;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eigensweep.spark.table.Cells;
import org.eigensweep.spark.table.EigenvaluesTable;
import org.eigensweep.spark.table.IdentityColumns;
import org.eigensweep.spark.table.LayersTable;
import org.eigensweep.spark.table.OverlapsTable;
import org.eigensweep.spark.table.StepsTable;
import org.eigensweep.spark.table.Table;
import org.eigensweep.spark.table.TrialsTable;

/**
 * The numbers of a trial as curves over its steps. A curve is named after its table and column, and
 * after what else tells the rows of one step apart: {@code steps/train_loss}, {@code
 * eigenvalues/eigenvalue_1}, {@code overlaps/overlap_lag10_k5}. The numbers of {@code trials} are
 * curves of one point, at the last step. Null is no point.
 */
public final class Curves {
  /** A curve's value at a step. */
  public record Value(String curve, double value) {}

  /** Takes the values of a row. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Takes them.
     *
     * @param step updates made before
     * @param time when they were measured, as if the trial had run without a break until it was
     *     finished
     * @param values at least one
     */
    void read(int step, Instant time, List<Value> values) throws IOException;
  }

  /** A column that tells the rows of one step apart, and what its value is called. */
  private record Key(String column, String word) {}

  /** A table whose numbers are curves. */
  private record Source(Table<?> table, List<Key> keys) {
    private List<String> columns() {
      return table.columnNames().stream()
          .filter(c -> !IdentityColumns.names().contains(c) && !c.equals(STEP))
          .filter(c -> keys.stream().noneMatch(key -> key.column().equals(c)))
          .toList();
    }
  }

  private static final String STEP = "step";
  private static final String SECONDS = "seconds";
  private static final String FINISHED_AT = "finished_at";

  private static final List<Source> SOURCES =
      List.of(
          new Source(StepsTable.TABLE, List.of()),
          new Source(EigenvaluesTable.TABLE, List.of(new Key("pair", ""))),
          new Source(
              OverlapsTable.TABLE, List.of(new Key("lag", "lag"), new Key("dimension", "k"))),
          new Source(LayersTable.TABLE, List.of(new Key("layer", ""))));

  private final TrialRows trial;
  private final Map<String, Object> summary;
  private final Instant start;
  private final Map<Integer, Instant> times = new HashMap<>();
  private int last;

  private Curves(TrialRows trial, Map<String, Object> summary) {
    this.trial = trial;
    this.summary = summary;
    this.start = startOf(summary);
  }

  /**
   * Reads all curves of a trial, a table after the other, each in the order of its steps.
   *
   * @param summary the trial's row in the table of all trials
   * @throws IOException if the rows cannot be read, or if the reader throws it
   */
  public static void read(TrialRows trial, Map<String, Object> summary, Reader reader)
      throws IOException {
    new Curves(trial, summary).read(reader);
  }

  /** When the trial was finished. */
  public static Instant finishedAt(Map<String, Object> summary) {
    return (Instant) summary.get(FINISHED_AT);
  }

  /** When it would have begun if it had run without a break. */
  public static Instant startOf(Map<String, Object> summary) {
    return after(finishedAt(summary), -seconds(summary));
  }

  private static double seconds(Map<String, Object> summary) {
    return number(summary.get("trunk_seconds")) + number(summary.get("branch_seconds"));
  }

  private static double number(Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }

  private static Instant after(Instant time, double seconds) {
    return time.plus(Math.round(seconds * 1e6), ChronoUnit.MICROS);
  }

  private void read(Reader reader) throws IOException {
    for (Source source : SOURCES) {
      List<String> columns = source.columns();
      trial.forEach(source.table(), row -> read(source, columns, row, reader));
    }
    List<Value> ends = new ArrayList<>();
    summary.forEach(
        (column, value) -> {
          if (value instanceof Number number && !IdentityColumns.names().contains(column)) {
            ends.add(new Value(TrialsTable.TABLE.name() + "/" + column, number.doubleValue()));
          }
        });
    reader.read(last, finishedAt(summary), ends);
  }

  private void read(Source source, List<String> columns, Cells row, Reader reader)
      throws IOException {
    int step = (int) row.value(STEP);
    if (source.table().equals(StepsTable.TABLE)) {
      times.put(step, after(start, number(row.value(SECONDS))));
      last = Math.max(last, step);
    }
    String prefix = source.table().name() + "/";
    String suffix =
        source.keys().stream()
            .map(key -> "_" + key.word() + row.value(key.column()))
            .collect(Collectors.joining());
    List<Value> values = new ArrayList<>();
    for (String column : columns) {
      if (row.value(column) instanceof Number number) {
        values.add(new Value(prefix + column + suffix, number.doubleValue()));
      }
    }
    if (!values.isEmpty()) {
      reader.read(step, times.getOrDefault(step, start), values);
    }
  }
}
