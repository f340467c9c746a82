package org.eigensweep.spark.sliced;

import org.eigensweep.array.HostMatrix;

/** Cuts blocks in ordinary memory into rows, and puts rows together. */
final class HostRows {
  private HostRows() {}

  /** Some rows of a block. */
  static HostMatrix take(HostMatrix block, Rows rows) {
    int count = rows.count();
    HostMatrix taken = empty(block, count);
    for (int j = 0; j < block.columns(); j++) {
      System.arraycopy(
          values(block), j * block.rows() + rows.from(), values(taken), j * count, count);
    }
    return taken;
  }

  private static HostMatrix empty(HostMatrix like, int rows) {
    int size = Math.multiplyExact(rows, like.columns());
    return like instanceof HostMatrix.Floats
        ? new HostMatrix.Floats(rows, like.columns(), new float[size])
        : new HostMatrix.Doubles(rows, like.columns(), new double[size]);
  }

  /**
   * Puts the slices' rows together.
   *
   * @param n rows in all
   * @param slices one for each slice, in order, of one precision
   */
  static HostMatrix assemble(int n, HostMatrix[] slices) {
    HostMatrix whole = empty(slices[0], n);
    for (int s = 0; s < slices.length; s++) {
      put(slices[s], Rows.of(s, slices.length, n), whole);
    }
    return whole;
  }

  private static void put(HostMatrix part, Rows rows, HostMatrix whole) {
    Object from = values(part);
    Object to = values(whole);
    for (int j = 0; j < whole.columns(); j++) {
      System.arraycopy(from, j * rows.count(), to, j * whole.rows() + rows.from(), rows.count());
    }
  }

  private static Object values(HostMatrix matrix) {
    return matrix instanceof HostMatrix.Floats narrow
        ? narrow.values()
        : ((HostMatrix.Doubles) matrix).values();
  }
}
