package org.eigensweep.spark.aggregate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The statistics of each point of the sweep and step. Rows come in order of point, step, role and
 * seed, and all of a point and step to one partition.
 *
 * @param quantities the names of the last columns of what comes in
 * @param trials point → how far its trials have come
 * @param pairs point → how far they have come together with their plain twins
 * @param bootstrap for intervals
 */
record StepGroups(
    List<String> quantities, List<Census> trials, List<Census> pairs, Bootstrap bootstrap)
    implements MapPartitionsFunction<Row, Row> {
  /** The role of a row in its group: a trial of the point, or the plain twin of one. */
  static final int OWN = 0;

  static final int TWIN = 1;

  /** Which table a row that goes out is of. */
  static final int OF_BY_STEP = 0;

  static final int OF_DIFFERENCES = 1;

  /** What goes out: columns of both tables. Null where a table has it not. */
  static final StructType OUT =
      new StructType()
          .add("table", DataTypes.IntegerType)
          .add("point", DataTypes.IntegerType)
          .add("step", DataTypes.IntegerType)
          .add("quantity", DataTypes.StringType)
          .add("seeds", DataTypes.IntegerType)
          .add("measured", DataTypes.IntegerType)
          .add("diverged", DataTypes.IntegerType)
          .add("pending", DataTypes.IntegerType)
          .add("switched", DataTypes.IntegerType)
          .add("mean", DataTypes.DoubleType)
          .add("sd", DataTypes.DoubleType)
          .add("median", DataTypes.DoubleType)
          .add("q05", DataTypes.DoubleType)
          .add("q95", DataTypes.DoubleType)
          .add("low", DataTypes.DoubleType)
          .add("high", DataTypes.DoubleType);

  /** What comes in before the quantities. */
  private static final int POINT = 0;

  private static final int STEP = 1;
  private static final int ROLE = 2;
  private static final int SEED = 3;
  private static final int SWITCHED = 4;
  private static final int EIGENSPACE = 5;
  private static final int FIRST = 6;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Groups(rows, new HashMap<>());
  }

  /** Goes through the rows, a group at a time. */
  private final class Groups implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Map<Integer, Bootstrap.Draws> draws;
    private final Queue<Row> out = new ArrayDeque<>();
    private Row next;

    Groups(Iterator<Row> rows, Map<Integer, Bootstrap.Draws> draws) {
      this.rows = rows;
      this.draws = draws;
      this.next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      while (out.isEmpty() && next != null) {
        summarize(group());
      }
      return !out.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return out.remove();
    }

    private List<Row> group() {
      List<Row> group = new ArrayList<>();
      Row first = next;
      do {
        group.add(next);
        next = rows.hasNext() ? rows.next() : null;
      } while (next != null
          && next.getInt(POINT) == first.getInt(POINT)
          && next.getInt(STEP) == first.getInt(STEP));
      return group;
    }

    private void summarize(List<Row> group) {
      List<Row> own = group.stream().filter(row -> row.getInt(ROLE) == OWN).toList();
      Map<Long, Row> twins = new HashMap<>();
      group.stream()
          .filter(row -> row.getInt(ROLE) == TWIN)
          .forEach(row -> twins.put(row.getLong(SEED), row));
      int point = group.get(0).getInt(POINT);
      int step = group.get(0).getInt(STEP);
      // A trial has a row of its own where it switches.
      if (own.size() == trials.get(point).reached(step)) {
        byStep(point, step, own);
      }
      List<Row> paired = own.stream().filter(row -> twins.containsKey(row.getLong(SEED))).toList();
      if (!paired.isEmpty() && paired.size() == pairs.get(point).reached(step)) {
        differences(point, step, paired, twins);
      }
    }

    private void byStep(int point, int step, List<Row> own) {
      Census census = trials.get(point);
      int switched = (int) own.stream().filter(row -> row.getBoolean(SWITCHED)).count();
      for (int q = 0; q < quantities.size(); q++) {
        int column = FIRST + q;
        double[] values =
            own.stream().mapToDouble(row -> value(row, column)).filter(Double::isFinite).toArray();
        if (values.length > 0 && counts(own, column)) {
          Sample sample = new Sample(values);
          double[] quantiles = sample.quantiles(0.5, 0.05, 0.95);
          out.add(
              RowFactory.create(
                  OF_BY_STEP,
                  point,
                  step,
                  quantities.get(q),
                  census.size(),
                  sample.size(),
                  census.diverged(step),
                  census.pending(step),
                  switched,
                  sample.mean(),
                  orNull(sample.standardDeviation()),
                  quantiles[0],
                  quantiles[1],
                  quantiles[2],
                  null,
                  null));
        }
      }
    }

    private void differences(int point, int step, List<Row> own, Map<Long, Row> twins) {
      Census census = pairs.get(point);
      for (int q = 0; q < quantities.size(); q++) {
        int column = FIRST + q;
        double[] values =
            own.stream()
                .mapToDouble(
                    row -> value(row, column) - value(twins.get(row.getLong(SEED)), column))
                .filter(Double::isFinite)
                .toArray();
        if (values.length > 0 && counts(own, column)) {
          Sample sample = new Sample(values);
          Bootstrap.Interval interval =
              draws.computeIfAbsent(values.length, bootstrap::draws).ofMean(values);
          out.add(
              RowFactory.create(
                  OF_DIFFERENCES,
                  point,
                  step,
                  quantities.get(q),
                  trials.get(point).size(),
                  sample.size(),
                  census.diverged(step),
                  census.pending(step),
                  null,
                  sample.mean(),
                  orNull(sample.standardDeviation()),
                  null,
                  null,
                  null,
                  orNull(interval.low()),
                  orNull(interval.high())));
        }
      }
    }

    /**
     * Whether a quantity counts at a step: one that needs the eigenspace does where all trials have
     * it, and not where some alone do because they switch there.
     */
    private static boolean counts(List<Row> own, int column) {
      List<Row> without = own.stream().filter(row -> !row.getBoolean(EIGENSPACE)).toList();
      return without.isEmpty() || without.stream().anyMatch(row -> !row.isNullAt(column));
    }

    private static double value(Row row, int column) {
      return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
    }

    private static Double orNull(double value) {
      return Double.isNaN(value) ? null : (Double) value;
    }
  }
}
