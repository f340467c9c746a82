package org.eigensweep.data.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigensweep.data.DataException;

/**
 * Columns of numbers, one a place, or one column of arrays of equal length.
 *
 * @param files that hold them
 * @param columns their names
 * @param rows in all files
 * @param rowShape one size, the number of places
 * @param type of the numbers of the first column
 */
record ParquetTable(
    ParquetFiles files, List<String> columns, long rows, List<Long> rowShape, ElementType type)
    implements NumberTable {
  /**
   * Finds the columns; where they are arrays, the first row tells their length.
   *
   * @param part names with commas between them, where one that ends in {@code *} stands for all
   *     that begin so; blank for all
   * @param except columns that are left out where the part is blank
   * @throws DataException if there is no such column, or no numbers in it
   */
  static NumberTable of(ParquetFiles files, String part, List<String> except) {
    List<String> names = names(files, part, except);
    List<ParquetColumn> columns = files.columns(names);
    long rows = files.rows();
    ElementType type = columns.get(0).number();
    if (columns.size() == 1 && columns.get(0).isArray()) {
      long length = rows == 0 ? 0 : firstLength(files, names);
      return new ParquetTable(files, names, rows, List.of(length), type);
    }
    for (ParquetColumn column : columns) {
      if (column.isArray()) {
        throw new DataException(
            "%s: column %s holds arrays beside %d other columns, expected numbers in all or one column of arrays: name the columns to take"
                .formatted(files.path(), ParquetColumn.name(column.field()), columns.size() - 1));
      }
    }
    // Divided by 255 by default are bytes alone, and all of a row alike.
    boolean alike = columns.stream().allMatch(column -> column.number() == type);
    return new ParquetTable(
        files, names, rows, List.of((long) names.size()), alike ? type : ElementType.FLOAT64);
  }

  private static List<String> names(ParquetFiles files, String part, List<String> except) {
    List<String> all = files.columns();
    if (part.isEmpty()) {
      List<String> rest = all.stream().filter(name -> !except.contains(name)).toList();
      if (rest.isEmpty()) {
        throw new DataException(
            "%s: no column beside %s, expected one of numbers"
                .formatted(files.path(), String.join(", ", except)));
      }
      return rest;
    }
    List<String> names = new ArrayList<>();
    for (String name : Arrays.stream(part.split(",", -1)).map(String::strip).toList()) {
      List<String> found =
          name.endsWith("*") && !all.contains(name)
              ? all.stream()
                  .filter(n -> n.startsWith(name.substring(0, name.length() - 1)))
                  .toList()
              : List.of(name);
      if (found.isEmpty()) {
        throw ParquetFiles.missing(files.path(), files.schema(), name);
      }
      names.addAll(found);
    }
    return names;
  }

  private static long firstLength(ParquetFiles files, List<String> names) {
    long[] length = {0};
    files.read(
        names,
        1,
        new ParquetFiles.Sink() {
          @Override
          public void put(int column, long row, int element, double value) {}

          @Override
          public void end(int column, long row, int elements) {
            length[0] = elements;
          }
        });
    return length[0];
  }

  @Override
  public String name() {
    return columns.size() == 1 ? files.path() + ":" + columns.get(0) : files.path().toString();
  }

  @Override
  public void read(int count, ValueSink sink) {
    long places = rowShape.get(0);
    boolean array = files.columns(columns.subList(0, 1)).get(0).isArray();
    files.read(
        columns,
        count,
        new ParquetFiles.Sink() {
          @Override
          public void put(int column, long row, int element, double value) {
            if (element < places) { // a longer row is refused when it ends
              sink.put((int) row, array ? element : column, value);
            }
          }

          @Override
          public void end(int column, long row, int elements) {
            if (array && elements != places) {
              throw new DataException(
                  "%s: %d numbers in row %d, expected %d as in row 0: make all arrays equally long"
                      .formatted(name(), elements, row, places));
            }
          }
        });
  }
}
