package org.eigensweep.spark.table;

import java.time.Instant;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * A column of a table and where its values come from.
 *
 * @param name the name, in snake_case
 * @param type what its values are
 * @param comment the meaning, kept in the file's schema
 * @param value the value for a row's source; null where there is none
 */
record Column<T>(String name, ColumnType type, String comment, Function<T, Object> value) {
  static <T> Column<T> text(String name, String comment, Function<T, String> value) {
    return new Column<>(name, ColumnType.TEXT, comment, value::apply);
  }

  static <T> Column<T> integer(String name, String comment, ToIntFunction<T> value) {
    return new Column<>(name, ColumnType.INTEGER, comment, value::applyAsInt);
  }

  /** A step, which is null where the source says −1. */
  static <T> Column<T> step(String name, String comment, ToIntFunction<T> value) {
    return new Column<>(
        name,
        ColumnType.INTEGER,
        comment,
        row -> value.applyAsInt(row) < 0 ? null : (Object) value.applyAsInt(row));
  }

  static <T> Column<T> bigint(String name, String comment, ToLongFunction<T> value) {
    return new Column<>(name, ColumnType.BIGINT, comment, value::applyAsLong);
  }

  /** A number, which is null where the source says NaN. */
  static <T> Column<T> real(String name, String comment, ToDoubleFunction<T> value) {
    return new Column<>(
        name,
        ColumnType.REAL,
        comment,
        row -> {
          double number = value.applyAsDouble(row);
          return Double.isNaN(number) ? null : (Object) number;
        });
  }

  /** A point in time, to the microsecond. */
  static <T> Column<T> instant(String name, String comment, Function<T, Instant> value) {
    return new Column<>(name, ColumnType.INSTANT, comment, value::apply);
  }

  /** The same column of a table whose sources hold this one's. */
  <S> Column<S> within(Function<S, T> source) {
    return new Column<>(name, type, comment, source.andThen(value));
  }
}
