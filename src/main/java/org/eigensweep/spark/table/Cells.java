package org.eigensweep.spark.table;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.PrimitiveType;

/**
 * The values of a row that was read, by the names of their columns.
 *
 * @param row as Parquet has it
 */
public record Cells(Group row) {
  /** Null, or of a column that was added after the file was written. */
  private boolean isNull(String column) {
    return !row.getType().containsField(column) || row.getFieldRepetitionCount(column) == 0;
  }

  /**
   * A value of any type: a text, an integer, a long integer, a number or a point in time; null
   * where it is null, or where the file is older than the column.
   */
  public Object value(String column) {
    if (!row.getType().containsField(column) || isNull(column)) {
      return null;
    }
    PrimitiveType type = row.getType().getType(column).asPrimitiveType();
    return switch (type.getPrimitiveTypeName()) {
      case INT32 -> integer(column);
      case INT64 -> type.getLogicalTypeAnnotation() == null ? bigint(column) : instant(column);
      case DOUBLE -> row.getDouble(column, 0);
      default -> text(column);
    };
  }

  private Object instant(String column) {
    return Instant.EPOCH.plus(bigint(column), ChronoUnit.MICROS);
  }

  /** A text, or null. */
  public String text(String column) {
    return isNull(column) ? null : row.getString(column, 0);
  }

  /** An integer that is there. */
  int integer(String column) {
    return row.getInteger(column, 0);
  }

  /** A long integer that is there. */
  long bigint(String column) {
    return row.getLong(column, 0);
  }

  /** A step, −1 where it is null. */
  int step(String column) {
    return isNull(column) ? -1 : integer(column);
  }

  /** A number, NaN where it is null. */
  double real(String column) {
    return isNull(column) ? Double.NaN : row.getDouble(column, 0);
  }
}
