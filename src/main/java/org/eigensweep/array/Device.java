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

  /**
   * Bytes of storage held at present, those kept for reuse included: at most twice as many as were
   * ever in use at once.
   */
  long bytes();

  /**
   * A column of ones, with which a product sums columns or repeats one: count × 1, not to be
   * written, the device's own until it closes.
   */
  Matrix ones(int count);

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

  /**
   * A batch of small products: C_i ← α·op(A_i)·op(B_i) + β·C_i. A single operand enters every
   * product; a single C takes their sum instead: C ← α·Σ op(A_i)·op(B_i) + β·C.
   *
   * @param a how each A_i enters
   * @param b how each B_i enters
   * @param alpha α
   * @param left A_i
   * @param right B_i
   * @param beta β
   * @param out C_i
   */
  void gemmEach(
      Transpose a, Transpose b, double alpha, Blocks left, Blocks right, double beta, Blocks out);

  /** out ← f(in), element by element; {@code out} may be {@code in}. */
  void map(Unary f, Matrix in, Matrix out);

  /** out ← x ⊙ y, element by element; {@code out} may be either. */
  void multiply(Matrix x, Matrix y, Matrix out);

  /**
   * Column j of {@code out} ← f_j · column j of x; {@code out} may be x.
   *
   * @param x rows × columns
   * @param factors f, 1 × columns
   * @param out shaped as x
   */
  void scaleColumns(Matrix x, Matrix factors, Matrix out);

  /**
   * Row i of {@code out} ← f_i · row i of x; {@code out} may be x.
   *
   * @param x rows × columns
   * @param factors f, rows × 1
   * @param out shaped as x
   */
  void scaleRows(Matrix x, Matrix factors, Matrix out);

  /** y ← y + α·x. */
  void axpy(double alpha, Matrix x, Matrix y);

  /** x ← α·x. */
  void scale(double alpha, Matrix x);

  /** y ← α·x ⊙ x + β·y, element by element, as a running mean of squares needs it. */
  void addSquares(double alpha, Matrix x, double beta, Matrix y);

  /**
   * out ← α·x / (√y + ε), element by element; {@code out} may be {@code x} or {@code y}.
   *
   * @param alpha α
   * @param x the numerators
   * @param y squares of the denominators, not negative
   * @param epsilon ε, added behind the root
   * @param out the quotients
   */
  void divideByRoots(double alpha, Matrix x, Matrix y, double epsilon, Matrix out);

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

  /**
   * ⟨x_j, y_j⟩ for every column, each with the accuracy of {@link #dot}.
   *
   * @param x rows × columns
   * @param y shaped as x, or one column that is taken with every column of x
   */
  default double[] dots(Matrix x, Matrix y) {
    double[] dots = new double[x.columns()];
    for (int j = 0; j < dots.length; j++) {
      dots[j] = dot(x.column(j), y.columns() == 1 ? y : y.column(j));
    }
    return dots;
  }

  /** The norm of every column, with the accuracy of {@link #dot}. */
  default double[] norms(Matrix x) {
    double[] norms = dots(x, x);
    for (int j = 0; j < norms.length; j++) {
      norms[j] = Math.sqrt(norms[j]);
    }
    return norms;
  }

  /** Softmax of each column; {@code out} may be {@code in}. */
  void softmax(Matrix in, Matrix out);

  /** Column j of {@code to} ← column {@code columns[j]} of {@code from}. */
  void gatherColumns(Matrix from, int[] columns, Matrix to);

  /**
   * Spreads out what a window sees. Each image becomes a positions × patch-size block: a column
   * holds one channel and place in the window, ordered (channel, row, column), at every position,
   * ordered (down, across).
   *
   * @param window how the images are scanned
   * @param images image size × examples
   * @param patches positions × (patch size · examples), overwritten
   */
  void im2col(Window window, Matrix images, Matrix patches);

  /**
   * The adjoint of {@link #im2col}: adds every value to where it came from.
   *
   * @param window how the images are scanned
   * @param patches positions × (patch size · examples)
   * @param images image size × examples, accumulated
   */
  void addCol2im(Window window, Matrix patches, Matrix images);

  /**
   * The largest value of each plane at each position, and where it stands; the first of equals, and
   * a NaN before all numbers. Outside the image there is nothing to choose.
   *
   * @param window how the images are scanned
   * @param images image size × examples
   * @param largest (channels · positions) × examples, planes as in the image
   * @param places of the same shape: rows of {@code images}, as numbers, for {@link #gatherEach}
   */
  void maxPool(Window window, Matrix images, Matrix largest, Matrix places);

  /**
   * Element (i, j) of {@code to} ← element (rows(i, j), j) of {@code from}. Where {@code rows} has
   * fewer columns than {@code to}, they are used over and over. What it costs depends on the number
   * of choices, not on how many rows there are to choose from.
   *
   * @throws IndexOutOfBoundsException if a row is chosen that {@code from} does not have
   */
  void gatherEach(Matrix from, Matrix rows, Matrix to);

  /**
   * The adjoint of {@link #gatherEach}: element (rows(i, j), j) of {@code to} takes element (i, j)
   * of {@code from} in addition.
   *
   * @throws IndexOutOfBoundsException if a row is chosen that {@code to} does not have
   */
  void addScattered(Matrix from, Matrix rows, Matrix to);

  /** Frees all storage. Matrices that are still open must not be used afterwards. */
  @Override
  void close();
}
