package org.eigensweep.spark.aggregate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.eigensweep.spark.table.IdentityColumns;

/**
 * When trials reach a training loss for the first time, and what they had spent by then.
 *
 * @param losses the training losses
 * @param first trial and loss → where it is reached; absent where it is not
 */
record LossesReached(List<Double> losses, Map<Key, Arrival> first) {
  /**
   * A trial on its way to a loss.
   *
   * @param trial its hash
   * @param loss the place of the loss among all
   */
  record Key(String trial, int loss) {}

  /**
   * The first row at or below a loss.
   *
   * @param step of the row
   * @param seconds of the row
   * @param products all up to the row
   */
  record Arrival(int step, double seconds, long products) {}

  /** Looks for the losses in all rows. */
  static LossesReached in(SparkSession spark, Dataset<Row> steps, List<Double> losses) {
    Map<Key, Arrival> first = new HashMap<>();
    if (!losses.isEmpty()) {
      List<Row> arrivals = arrivals(steps, losses);
      spent(steps, spark.createDataFrame(arrivals, ARRIVALS))
          .collectAsList()
          .forEach(
              row ->
                  first.put(
                      new Key(row.getString(0), row.getInt(1)),
                      new Arrival(
                          row.getInt(2),
                          row.isNullAt(3) ? Double.NaN : row.getDouble(3),
                          row.getLong(4))));
    }
    return new LossesReached(losses, first);
  }

  private static final StructType ARRIVALS =
      new StructType()
          .add(IdentityColumns.TRIAL, DataTypes.StringType)
          .add("loss_index", DataTypes.IntegerType)
          .add("first", DataTypes.IntegerType);

  private static List<Row> arrivals(Dataset<Row> steps, List<Double> losses) {
    Column[] firsts =
        losses.stream()
            .map(loss -> min(when(col("train_loss").leq(loss), col("step"))))
            .toArray(Column[]::new);
    List<Row> arrivals = new ArrayList<>();
    for (Row row :
        steps
            .groupBy(IdentityColumns.TRIAL)
            .agg(firsts[0], Arrays.copyOfRange(firsts, 1, firsts.length))
            .collectAsList()) {
      for (int i = 0; i < losses.size(); i++) {
        if (!row.isNullAt(i + 1)) {
          arrivals.add(RowFactory.create(row.getString(0), i, row.getInt(i + 1)));
        }
      }
    }
    return arrivals;
  }

  private static Dataset<Row> spent(Dataset<Row> steps, Dataset<Row> arrivals) {
    Column products =
        coalesce(col("products"), lit(0)).plus(coalesce(col("steering_products"), lit(0L)));
    return steps
        .select(col(IdentityColumns.TRIAL), col("step"), col("seconds"), products.as("products"))
        .join(broadcast(arrivals), IdentityColumns.TRIAL)
        .where(col("step").leq(col("first")))
        .groupBy(IdentityColumns.TRIAL, "loss_index", "first")
        .agg(
            max(when(col("step").equalTo(col("first")), col("seconds"))),
            sum(col("products")).cast(DataTypes.LongType));
  }

  /** The rows of the table of trials. */
  List<Row> ofTrials(List<Points.Point> points) {
    List<Row> rows = new ArrayList<>();
    for (Points.Point point : points) {
      for (int i = 0; i < losses.size(); i++) {
        for (SweepTrial trial : point.trials()) {
          List<Object> row = new ArrayList<>(trial.identity());
          Arrival arrival = first.get(new Key(trial.hash(), i));
          row.add(losses.get(i));
          row.add(outcome(trial, arrival));
          row.add(arrival == null ? null : arrival.step());
          row.add(arrival == null || Double.isNaN(arrival.seconds()) ? null : arrival.seconds());
          row.add(arrival == null ? null : arrival.products());
          rows.add(RowFactory.create(row.toArray()));
        }
      }
    }
    return rows;
  }

  private static String outcome(SweepTrial trial, Arrival arrival) {
    if (arrival != null) {
      return "reached";
    }
    if (trial.life().runs()) {
      return "pending";
    }
    return trial.life().diverged() == null ? "never" : "diverged";
  }

  /** The rows of the table of points. */
  List<Row> ofPoints(List<Points.Point> points) {
    List<Row> rows = new ArrayList<>();
    for (Points.Point point : points) {
      for (int i = 0; i < losses.size(); i++) {
        rows.add(ofPoint(point, i));
      }
    }
    return rows;
  }

  private Row ofPoint(Points.Point point, int loss) {
    List<Arrival> arrivals = new ArrayList<>();
    int pending = 0;
    int never = 0;
    for (SweepTrial trial : point.trials()) {
      Arrival arrival = first.get(new Key(trial.hash(), loss));
      if (arrival != null) {
        arrivals.add(arrival);
      } else if (trial.life().runs()) {
        pending++;
      } else {
        never++;
      }
    }
    List<Object> row = new ArrayList<>(point.values());
    row.addAll(
        Arrays.asList(losses.get(loss), point.trials().size(), arrivals.size(), never, pending));
    row.add(median(arrivals, never, Arrival::step));
    row.add(median(arrivals, never, Arrival::seconds));
    row.add(median(arrivals, never, Arrival::products));
    return RowFactory.create(row.toArray());
  }

  /** The median where those that never come are later than all; null where it never comes. */
  private static Double median(List<Arrival> arrivals, int never, ToDoubleFunction<Arrival> value) {
    double[] sorted = new double[arrivals.size() + never];
    Arrays.fill(sorted, Double.POSITIVE_INFINITY);
    for (int i = 0; i < arrivals.size(); i++) {
      sorted[i] = value.applyAsDouble(arrivals.get(i));
    }
    if (sorted.length == 0) {
      return null;
    }
    double median = new Sample(sorted).quantiles(0.5)[0];
    return Double.isFinite(median) ? (Double) median : null;
  }
}
