package org.eigensweep.array;

/**
 * A dense column-major matrix on a {@link Device}: element (i, j) is the number {@code i + j·rows}
 * of its storage. The storage belongs to the {@link Scope} that made it; a matrix and its views may
 * be used until that scope closes, and refuse with {@link IllegalStateException} afterwards.
 */
public interface Matrix {
  /** The device that holds the numbers. */
  Device device();

  /** Number of rows. */
  int rows();

  /** Number of columns. */
  int columns();

  /** Number of elements. */
  default long size() {
    return (long) rows() * columns();
  }

  /**
   * The same storage seen as another matrix; writing to one writes to the other.
   *
   * @param offset first element, counted in storage order
   * @param rows rows of the view
   * @param columns columns of the view
   * @throws IndexOutOfBoundsException if the view would reach past this matrix
   */
  Matrix view(long offset, int rows, int columns);

  /** The view of {@code count} columns from column {@code from}. */
  default Matrix columns(int from, int count) {
    return view((long) from * rows(), rows(), count);
  }

  /** The view of one column, rows × 1. */
  default Matrix column(int index) {
    return columns(index, 1);
  }

  /** Copies numbers in storage order from ordinary memory, rounding to the device's precision. */
  void write(float[] values);

  /** Copies numbers in storage order from ordinary memory, rounding to the device's precision. */
  void write(double[] values);

  /** Copies the numbers of a source of the same shape, rounding to the device's precision. */
  default void write(MatrixSource source) {
    HostMatrix values = source.whole();
    if (values instanceof HostMatrix.Floats single) {
      write(single.values());
    } else if (values instanceof HostMatrix.Doubles twice) {
      write(twice.values());
    }
  }

  /** A copy in ordinary memory, exact in the device's precision. */
  HostMatrix toHost();

  /**
   * A copy that may outlive the device, exact in its precision: in ordinary memory, or where the
   * device has another place for it.
   */
  default MatrixSource snapshot() {
    return toHost();
  }

  /** A copy in ordinary memory as doubles, in storage order. */
  default double[] toDoubles() {
    return toHost().toDoubles();
  }
}
