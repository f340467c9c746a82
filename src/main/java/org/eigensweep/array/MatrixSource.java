package org.eigensweep.array;

import java.io.Serializable;

/**
 * A matrix of numbers that are drawn, computed or read where they are needed and not before: what
 * crosses processes and files in place of a matrix that is too large for some of them. The same
 * source gives the same numbers everywhere and every time.
 */
public interface MatrixSource extends Serializable {
  /** Number of rows. */
  int rows();

  /** Number of columns. */
  int columns();

  /**
   * Some of its rows.
   *
   * @param from the first
   * @param to one past the last, at most the number of rows
   * @return (to − from) × columns, not to be written
   */
  HostMatrix rows(int from, int to);

  /**
   * All of it.
   *
   * @return rows × columns, not to be written
   */
  default HostMatrix whole() {
    return rows(0, rows());
  }

  /** Whether another source is known to give the same numbers, to the last bit. */
  default boolean holdsSameAs(MatrixSource other) {
    return equals(other);
  }
}
