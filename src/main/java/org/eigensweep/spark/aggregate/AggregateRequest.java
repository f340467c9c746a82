package org.eigensweep.spark.aggregate;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.eigensweep.spark.table.IdentityColumns;
import org.eigensweep.spark.table.StepsTable;

/**
 * What is to be drawn together.
 *
 * @param folders output folders of sweeps: Hadoop paths or patterns
 * @param output where the aggregates go; empty for the folder {@code aggregates} in the only output
 *     folder
 * @param quantities columns of {@code steps} that statistics are made of, each one of {@link
 *     #allQuantities}
 * @param losses training losses whose first step is looked for
 * @param bootstrap how intervals of differences are made
 */
public record AggregateRequest(
    List<String> folders,
    Optional<String> output,
    List<String> quantities,
    List<Double> losses,
    Bootstrap bootstrap) {
  /** Every quantity that there can be statistics of: the columns of real numbers, but the clock. */
  public static List<String> allQuantities() {
    return List.of(StepsTable.TABLE.sparkSchema().fields()).stream()
        .filter(column -> column.dataType().equals(DataTypes.DoubleType))
        .map(StructField::name)
        .filter(name -> !IdentityColumns.names().contains(name) && !name.equals("seconds"))
        .toList();
  }
}
