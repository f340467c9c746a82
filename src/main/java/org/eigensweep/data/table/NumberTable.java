package org.eigensweep.data.table;

import java.util.List;

/** A table of numbers in a file: its header is known, its numbers are not in memory. */
public interface NumberTable {
  /** The file, and the part of it, as messages name them. */
  String name();

  /** Number of rows, perhaps 0. */
  long rows();

  /** The sizes of one row: none where a row is one number, else each perhaps 0. */
  List<Long> rowShape();

  /** What the file holds the numbers as. */
  ElementType type();

  /**
   * Reads the first rows, and no more than the format makes necessary.
   *
   * @param rows how many, at most {@link #rows}
   * @param sink takes each of their numbers once
   * @throws org.eigensweep.data.DataException if the file ends early or is damaged as far as it is
   *     read
   */
  void read(int rows, ValueSink sink);

  /** The sizes of the whole table, as messages write them. */
  default String words() {
    StringBuilder words = new StringBuilder().append(rows());
    rowShape().forEach(size -> words.append(" x ").append(size));
    return words.toString();
  }
}
