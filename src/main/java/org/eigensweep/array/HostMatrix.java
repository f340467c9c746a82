package org.eigensweep.array;

import java.io.Serializable;

/**
 * A column-major matrix in ordinary memory: the form in which numbers cross processes and files.
 * The arrays are shared, never copied: treat them as read-only.
 */
public sealed interface HostMatrix extends Serializable {
  /** Number of rows. */
  int rows();

  /** Number of columns. */
  int columns();

  /**
   * Single precision.
   *
   * @param rows number of rows
   * @param columns number of columns
   * @param values rows × columns numbers, column after column
   */
  @SuppressWarnings("ArrayRecordComponent") // moved, never compared
  record Floats(int rows, int columns, float[] values) implements HostMatrix {}

  /**
   * Double precision.
   *
   * @param rows number of rows
   * @param columns number of columns
   * @param values rows × columns numbers, column after column
   */
  @SuppressWarnings("ArrayRecordComponent") // moved, never compared
  record Doubles(int rows, int columns, double[] values) implements HostMatrix {}
}
