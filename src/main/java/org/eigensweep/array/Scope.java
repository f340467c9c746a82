package org.eigensweep.array;

/** The owner of matrices: closing it frees their storage at once, for the device to use again. */
public interface Scope extends AutoCloseable {
  /** A new matrix whose elements are arbitrary until written. */
  Matrix matrix(int rows, int columns);

  /** A new matrix of zeros. */
  default Matrix zeros(int rows, int columns) {
    Matrix zeros = matrix(rows, columns);
    zeros.device().fill(0, zeros);
    return zeros;
  }

  /** A new matrix with the numbers of a source, rounded to the device's precision. */
  default Matrix copyOf(MatrixSource values) {
    Matrix copy = matrix(values.rows(), values.columns());
    copy.write(values);
    return copy;
  }

  /** Bytes of the storage of every matrix made here so far. */
  long bytes();

  /** Frees the storage of every matrix made here; closing twice does nothing. */
  @Override
  void close();
}
