package org.eigensweep.spark.table;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A column of a table and where its values come from.
 *
 * @param name the name, in snake_case
 * @param type Spark's type
 * @param comment the meaning, kept in the file's schema
 * @param value the value for a row's source; null where there is none
 */
public record Column<T>(String name, DataType type, String comment, Function<T, Object> value) {
  static <T> Column<T> text(String name, String comment, Function<T, String> value) {
    return new Column<>(name, DataTypes.StringType, comment, value::apply);
  }

  static <T> Column<T> integer(String name, String comment, ToIntFunction<T> value) {
    return new Column<>(name, DataTypes.IntegerType, comment, value::applyAsInt);
  }

  /** A step, which is null where the source says −1. */
  static <T> Column<T> step(String name, String comment, ToIntFunction<T> value) {
    return new Column<>(
        name,
        DataTypes.IntegerType,
        comment,
        row -> value.applyAsInt(row) < 0 ? null : (Object) value.applyAsInt(row));
  }

  static <T> Column<T> bigint(String name, String comment, ToLongFunction<T> value) {
    return new Column<>(name, DataTypes.LongType, comment, value::applyAsLong);
  }

  /** A number, which is null where the source says NaN. */
  static <T> Column<T> real(String name, String comment, ToDoubleFunction<T> value) {
    return new Column<>(
        name,
        DataTypes.DoubleType,
        comment,
        row -> {
          double number = value.applyAsDouble(row);
          return Double.isNaN(number) ? null : (Object) number;
        });
  }
}
