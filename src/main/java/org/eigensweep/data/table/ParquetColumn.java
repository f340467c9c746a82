package org.eigensweep.data.table;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.eigensweep.data.DataException;

/**
 * A column of numbers, or of arrays of numbers.
 *
 * @param file for messages
 * @param field the column at the top of the schema
 * @param leaf where its numbers lie
 * @param number their type
 * @param repeated the definition level from which there is an element, 0 where there are no arrays
 */
record ParquetColumn(
    String file, Type field, ColumnDescriptor leaf, ElementType number, int repeated) {
  private static final String BOM = "\ufeff";

  /** What takes the numbers of a column. */
  interface Elements {
    /**
     * Takes a number.
     *
     * @param row from 0 in the file
     * @param element from 0 in the array
     */
    void put(long row, int element, double value);

    /** Is told how many numbers a row has. */
    void end(long row, int elements);
  }

  /** A column's name as users write it: tools that read CSV may leave a byte order mark in it. */
  static String name(Type field) {
    String name = field.getName();
    return name.startsWith(BOM) ? name.substring(BOM.length()) : name;
  }

  /**
   * Finds the numbers of a column.
   *
   * @throws DataException if it has none, or arrays of arrays
   */
  static ParquetColumn of(String file, MessageType schema, Type field) {
    List<ColumnDescriptor> leaves =
        schema.getColumns().stream()
            .filter(leaf -> leaf.getPath()[0].equals(field.getName()))
            .toList();
    ColumnDescriptor leaf = leaves.get(0);
    if (leaves.size() > 1 || leaf.getMaxRepetitionLevel() > 1) {
      throw refused(
          file,
          field,
          leaves.size() > 1 ? "a struct" : "arrays of arrays",
          "flatten it, and say its shape by data.shape");
    }
    PrimitiveType type = leaf.getPrimitiveType();
    ElementType number =
        ParquetTypes.number(type)
            .orElseThrow(
                () ->
                    refused(
                        file,
                        field,
                        String.valueOf(
                            type.getLogicalTypeAnnotation() == null
                                ? type.getPrimitiveTypeName()
                                : type.getLogicalTypeAnnotation()),
                        "cast it, or name the columns to take"));
    return new ParquetColumn(file, field, leaf, number, repeatedLevel(schema, leaf));
  }

  private static DataException refused(String file, Type field, String what, String advice) {
    return new DataException(
        "%s: column %s holds %s, expected numbers or arrays of numbers: %s"
            .formatted(file, name(field), what, advice));
  }

  private static int repeatedLevel(MessageType schema, ColumnDescriptor leaf) {
    GroupType group = schema;
    int level = 0;
    for (String part : leaf.getPath()) {
      Type next = group.getType(part);
      level += next.isRepetition(Type.Repetition.REQUIRED) ? 0 : 1;
      if (next.isRepetition(Type.Repetition.REPEATED)) {
        return level;
      }
      group = next.isPrimitive() ? group : next.asGroupType();
    }
    return 0;
  }

  boolean isArray() {
    return leaf.getMaxRepetitionLevel() == 1;
  }

  /**
   * Reads a column of a row group from the front.
   *
   * @param column at its first value
   * @param from number of the first row, for messages and elements
   * @param rows how many rows to read
   * @throws DataException at a null
   */
  void read(ColumnReader column, long from, long rows, Elements elements) {
    ToDoubleFunction<ColumnReader> reading = ParquetTypes.reading(leaf.getPrimitiveType(), number);
    for (long row = from; row < from + rows; row++) {
      int length = 0;
      do { // behind the last value of all the level is 0 as well
        int level = column.getCurrentDefinitionLevel();
        if (level == leaf.getMaxDefinitionLevel()) {
          elements.put(row, length, reading.applyAsDouble(column));
          length++;
        } else if (!isArray() || level != repeated - 1) { // that is an array of no numbers
          throw nothing(row, isArray() && level >= repeated ? " at place " + length : "");
        }
        column.consume();
      } while (column.getCurrentRepetitionLevel() > 0);
      elements.end(row, length);
    }
  }

  private DataException nothing(long row, String place) {
    return new DataException(
        "%s: column %s is null in row %d%s, expected a number: drop the row or fill it"
            .formatted(file, name(field), row, place));
  }
}
