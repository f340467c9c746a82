package org.eigensweep.array;

/**
 * A place that holds matrices of one precision and computes on them: the closed list of operations
 * on which everything above runs. Operands are matrices of this device; shapes that do not fit are
 * refused with {@link IllegalArgumentException} before anything is written. Outputs must not
 * overlap inputs unless an operation says so. A device is used by one thread at a time.
 */
public interface Device extends AutoCloseable {
  /** The precision of all matrices here. */
  Precision precision();

  /** Opens a scope that owns new matrices. */
  Scope open();

  /** Bytes of storage held at present, those kept for reuse included. */
  long bytes();

  /**
   * C ← α·op(A)·op(B) + β·C. With β = 0 the old C is not read.
   *
   * @param a how A enters
   * @param b how B enters
   * @param alpha α
   * @param left A
   * @param right B
   * @param beta β
   * @param out C
   */
  void gemm(
      Transpose a, Transpose b, double alpha, Matrix left, Matrix right, double beta, Matrix out);

  /** out ← f(in), element by element; {@code out} may be {@code in}. */
  void map(Unary f, Matrix in, Matrix out);

  /** out ← x ⊙ y, element by element; {@code out} may be either. */
  void multiply(Matrix x, Matrix y, Matrix out);

  /** y ← y + α·x. */
  void axpy(double alpha, Matrix x, Matrix y);

  /** x ← α·x. */
  void scale(double alpha, Matrix x);

  /** to ← from, for the same number of elements in storage order. */
  void copy(Matrix from, Matrix to);

  /** Sets every element to a value. */
  void fill(double value, Matrix x);

  /** Σ x_i·y_i; partial sums of at most 4096 terms are added in double precision. */
  double dot(Matrix x, Matrix y);

  /** √(Σ x_i²), with the accuracy of {@link #dot}. */
  default double norm(Matrix x) {
    return Math.sqrt(dot(x, x));
  }

  /** Softmax of each column; {@code out} may be {@code in}. */
  void softmax(Matrix in, Matrix out);

  /** Column j of {@code to} ← column {@code columns[j]} of {@code from}. */
  void gatherColumns(Matrix from, int[] columns, Matrix to);

  /** Frees all storage. Matrices that are still open must not be used afterwards. */
  @Override
  void close();
}
