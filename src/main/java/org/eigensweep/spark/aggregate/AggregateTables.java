package org.eigensweep.spark.aggregate;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.eigensweep.spark.table.IdentityColumns;
import org.eigensweep.spark.table.StepsTable;

/** The tables of aggregates and their columns. Where a statistic does not exist, it is null. */
final class AggregateTables {
  static final String BY_STEP = "by_step";
  static final String DIFFERENCES = "differences";
  static final String REACHED = "losses_reached";
  static final String REACHED_BY_POINT = "losses_reached_by_point";

  private static final DataType TEXT = DataTypes.StringType;
  private static final DataType INTEGER = DataTypes.IntegerType;
  private static final DataType BIGINT = DataTypes.LongType;
  private static final DataType REAL = DataTypes.DoubleType;

  /** Statistics over seeds, a row for each point of the sweep, step and quantity. */
  static final StructType BY_STEP_COLUMNS =
      point()
          .add("step", INTEGER, true, "updates made before this point")
          .add("quantity", TEXT, true, "column of the table steps")
          .add("seeds", INTEGER, true, "trials of this point of the sweep, one a seed")
          .add("measured", INTEGER, true, "trials with a value here, of which the statistics are")
          .add("diverged", INTEGER, true, "trials that have diverged by this step")
          .add("pending", INTEGER, true, "unfinished trials that have not come to this step")
          .add("switched", INTEGER, true, "trials whose row here is of the branch")
          .add("mean", REAL, true, "over the measured trials")
          .add("sd", REAL, true, "standard deviation, divisor n - 1; null for one trial")
          .add("median", REAL, true, "over the measured trials")
          .add("q05", REAL, true, "5 % quantile, linear between order statistics")
          .add("q95", REAL, true, "95 % quantile");

  /** Differences to plain training, a row for each point that is not plain, step and quantity. */
  static final StructType DIFFERENCES_COLUMNS =
      point()
          .add("step", INTEGER, true, "updates made before this point")
          .add("quantity", TEXT, true, "column of the table steps")
          .add("seeds", INTEGER, true, "trials of this point of the sweep, one a seed")
          .add("pairs", INTEGER, true, "seeds with a value in this branch and in plain here")
          .add("diverged", INTEGER, true, "seeds of which one trial has diverged by this step")
          .add("pending", INTEGER, true, "seeds of which an unfinished trial has not come so far")
          .add("mean", REAL, true, "mean of this branch minus plain on the same seed")
          .add("sd", REAL, true, "standard deviation, divisor n - 1; null for one pair")
          .add("low", REAL, true, "lower end of the 95 % bootstrap interval of the mean")
          .add("high", REAL, true, "its upper end; both null for one pair");

  /** The way to a training loss, a row for each trial and loss. */
  static final StructType REACHED_COLUMNS =
      identity()
          .add("target_loss", REAL, true, "a training loss")
          .add("outcome", TEXT, true, "reached, never, diverged or pending")
          .add("step", INTEGER, true, "the first measured one at or below the loss")
          .add("seconds", REAL, true, "wall-clock time to there")
          .add("products", BIGINT, true, "Hessian-vector products to there");

  /** The same over seeds, a row for each point of the sweep and loss. */
  static final StructType REACHED_BY_POINT_COLUMNS =
      point()
          .add("target_loss", REAL, true, "a training loss")
          .add("seeds", INTEGER, true, "trials of this point of the sweep, one a seed")
          .add("reached", INTEGER, true, "trials that reach the loss")
          .add("never", INTEGER, true, "trials that end or diverge above it")
          .add("pending", INTEGER, true, "unfinished trials that may reach it, left out of medians")
          .add("median_step", REAL, true, "one that never comes counts as later than all")
          .add("median_seconds", REAL, true, "the same; null where the median never comes")
          .add("median_products", REAL, true, "the same");

  private AggregateTables() {}

  static StructType identity() {
    return columns(IdentityColumns.names());
  }

  /** The columns of a point of the sweep without its seed. */
  static StructType point() {
    return columns(SweepTrial.pointColumns());
  }

  private static StructType columns(List<String> names) {
    StructField[] all = StepsTable.TABLE.sparkSchema().fields();
    return new StructType(
        names.stream()
            .map(
                name ->
                    Arrays.stream(all)
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElseThrow())
            .toArray(StructField[]::new));
  }
}
