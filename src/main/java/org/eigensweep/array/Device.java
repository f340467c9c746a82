package org.eigensweep.array;

/**
 * A place that holds matrices of one precision and computes on them: the closed list of operations
 * on which everything above runs. Operands are matrices of this device; shapes that do not fit are
 * refused with {@link IllegalArgumentException} before anything is written. Outputs must not
 * overlap inputs unless an operation says so.
 *
 * <p>A device is used by one thread at a time, and by the tasks of {@link #inOrder}. Operations may
 * return before they are done: {@link Matrix#write}, {@link Matrix#toHost} and operations that
 * return numbers wait.
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

  /** How much this device likes to compute at a time. */
  WorkingSizes sizes();

  /**
   * Runs tasks, as many at once as the device has threads; a device with one runs them in turn.
   * Results whose parts the tasks add up after {@link OrderedTask.Turn#await} have the same bits
   * for every number of threads. A task does not start tasks of its own at once: they run in turn.
   *
   * @param count number of tasks
   * @param task each task; it opens scopes of its own, and writes to no matrix that another one
   *     uses but in its turn
   * @throws RuntimeException or {@link Error}, the first one of a task, after all tasks have ended;
   *     those whose turn was to come do not get it
   */
  void inOrder(int count, OrderedTask task);

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
   * A batch of products: C_i ← α·op(A_i)·op(B_i) + β·C_i. A single operand enters every product; a
   * single C takes their sum instead: C ← α·Σ op(A_i)·op(B_i) + β·C.
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

  /** Each block of {@code out} ← the transpose of that of {@code in}. */
  void transposeEach(Blocks in, Blocks out);

  /** out ← f(in), element by element; {@code out} may be {@code in}. */
  void map(Unary f, Matrix in, Matrix out);

  /**
   * out ← α·x ⊙ y + β·out, element by element; with β = 0 the old {@code out} is not read. {@code
   * out} may be x or y.
   *
   * @param alpha α
   * @param x rows × columns
   * @param y factors: shaped as x; or 1 × columns, one a column; or rows × 1, one a row; or as x
   *     with fewer columns, which are used over and over
   * @param beta β
   * @param out shaped as x
   */
  void multiply(double alpha, Matrix x, Matrix y, double beta, Matrix out);

  /** out ← x ⊙ y; see {@link #multiply(double, Matrix, Matrix, double, Matrix)}. */
  default void multiply(Matrix x, Matrix y, Matrix out) {
    multiply(1, x, y, 0, out);
  }

  /**
   * Writes a column into all columns, or a row into all rows: O_i ← α·x_i·1ᵀ + β·O_i, or α·1·x_i +
   * β·O_i. With β = 0 the old O_i are not read.
   *
   * @param alpha α
   * @param x columns x_i as high as the O_i, or rows as wide as they; a single one enters each O_i
   * @param beta β
   * @param out O_i
   */
  void spreadEach(double alpha, Blocks x, double beta, Blocks out);

  /**
   * The adjoint of {@link #spreadEach}: s_i ← α·X_i·1 + β·s_i, or α·1ᵀ·X_i + β·s_i.
   *
   * @param alpha α
   * @param x X_i
   * @param beta β
   * @param sums columns s_i as high as the X_i, or rows as wide as they; a single one takes the sum
   *     of all
   */
  void sumEach(double alpha, Blocks x, double beta, Blocks sums);

  /**
   * Sums of products: s ← α·(x ⊙ y)·1 + β·s, or α·1ᵀ(x ⊙ y) + β·s.
   *
   * @param alpha α
   * @param x rows × columns
   * @param y shaped as x
   * @param beta β
   * @param sums rows × 1, or 1 × columns
   */
  void sumProducts(double alpha, Matrix x, Matrix y, double beta, Matrix sums);

  /** y ← y + α·x. */
  void axpy(double alpha, Matrix x, Matrix y);

  /** x ← α·x. */
  void scale(double alpha, Matrix x);

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
  double[] dots(Matrix x, Matrix y);

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
   * Convolutions of images, one example a column, laid out as {@link Window} says: O_i ← images *
   * W_i + β·O_i, where O_i has outputs × positions an example, the outputs of a position together.
   * With β = 0 the old O_i are not read.
   *
   * @param window how an image is scanned
   * @param images image size × examples
   * @param weights W_i, patch size × outputs; a column holds one output's weights in the order
   *     (channel, row, column of the window)
   * @param beta β
   * @param out the O_i side by side: (outputs · positions) × (examples · number of W_i)
   */
  void convolve(Window window, Matrix images, Blocks weights, double beta, Matrix out);

  /**
   * The adjoints of {@link #convolve} by the images: I_i ← the adjoint of W_i applied to the
   * upstream + β·I_i.
   *
   * @param window how an image is scanned
   * @param upstream (outputs · positions) × examples
   * @param weights W_i
   * @param beta β
   * @param images the I_i side by side: image size × (examples · number of W_i)
   */
  void convolveBack(Window window, Matrix upstream, Blocks weights, double beta, Matrix images);

  /**
   * The adjoints of {@link #convolve} by the weights, summed over examples: W_i ← W_i + the adjoint
   * of the i-th images applied to the i-th upstream. If only one of the two has several parts side
   * by side, all of the other enters every sum.
   *
   * @param window how an image is scanned
   * @param images image size × examples, or several of them side by side
   * @param upstream (outputs · positions) × examples, or several of them side by side
   * @param weights W_i, accumulated, as many as there are parts
   */
  void addConvolveWeights(Window window, Matrix images, Matrix upstream, Blocks weights);

  /**
   * The largest value of each channel at each position, and where it stands; the first of equals,
   * and a NaN before all numbers. Outside the image there is nothing to choose.
   *
   * @param window how the images are scanned
   * @param images image size × examples
   * @param largest (channels · positions) × examples, laid out as images
   * @param places of the same shape: rows of {@code images}, as numbers, for {@link #gatherEach}
   */
  void maxPool(Window window, Matrix images, Matrix largest, Matrix places);

  /**
   * The mean of each channel at each position of a window that never leaves the image.
   *
   * @param window how the images are scanned
   * @param images image size × examples
   * @param means (channels · positions) × examples, laid out as images
   */
  void averagePool(Window window, Matrix images, Matrix means);

  /**
   * The adjoint of {@link #averagePool}.
   *
   * @param window how the images are scanned
   * @param means (channels · positions) × examples
   * @param images image size × examples, overwritten
   */
  void averagePoolBack(Window window, Matrix means, Matrix images);

  /**
   * Element (i, j) of {@code to} ← element (rows(i, j), j) of {@code from}. Where {@code rows} has
   * fewer columns than {@code to}, they are used over and over. What it costs depends on the number
   * of choices, not on how many rows there are to choose from.
   *
   * @throws IndexOutOfBoundsException if a row is chosen that {@code from} does not have; at the
   *     latest when numbers are next copied to ordinary memory
   */
  void gatherEach(Matrix from, Matrix rows, Matrix to);

  /**
   * The adjoint of {@link #gatherEach}: element (rows(i, j), j) of {@code to} takes element (i, j)
   * of {@code from} in addition.
   *
   * @throws IndexOutOfBoundsException if a row is chosen that {@code to} does not have; at the
   *     latest when numbers are next copied to ordinary memory
   */
  void addScattered(Matrix from, Matrix rows, Matrix to);

  /** Frees all storage. Matrices that are still open must not be used afterwards. */
  @Override
  void close();
}
