package org.eigensweep.data.table;

/** Takes the numbers of a table. */
@FunctionalInterface
public interface ValueSink {
  /**
   * Takes one number. Those of one place come in the order of their rows; the order of the places
   * depends on the file.
   *
   * @param row from 0
   * @param place within the row, in row order of its shape, from 0
   * @param value as exactly as a double holds it, perhaps not finite
   */
  void put(int row, int place, double value);
}
