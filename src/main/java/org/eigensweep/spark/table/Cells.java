package org.eigensweep.spark.table;

import org.apache.parquet.example.data.Group;

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
