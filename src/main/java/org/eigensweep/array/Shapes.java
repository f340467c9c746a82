package org.eigensweep.array;

/**
 * What the operations of a {@link Device} ask of the shapes of their operands: every device refuses
 * in the same words, with {@link IllegalArgumentException}.
 */
public final class Shapes {
  private Shapes() {}

  /** Checks that two operands of an operation have one shape. */
  public static void requireSame(String operation, Matrix x, Matrix y) {
    if (x.rows() != y.rows() || x.columns() != y.columns()) {
      throw new IllegalArgumentException(
          "%s of %d x %d with %d x %d"
              .formatted(operation, x.rows(), x.columns(), y.rows(), y.columns()));
    }
  }

  /** Checks the shape of an operand. */
  public static void require(String what, Matrix x, int rows, long columns) {
    if (x.rows() != rows || x.columns() != columns) {
      throw new IllegalArgumentException(
          "%s of %d x %d, expected %d x %d".formatted(what, x.rows(), x.columns(), rows, columns));
    }
  }

  /** See {@link Device#multiply}. */
  public static void requireFactors(Matrix x, Matrix y) {
    if ((y.rows() != x.rows() && y.rows() != 1) || x.columns() % y.columns() != 0) {
      throw new IllegalArgumentException(
          "factors of %d x %d, expected those of %d x %d or of their rows or columns"
              .formatted(y.rows(), y.columns(), x.rows(), x.columns()));
    }
  }

  /** Whether one is a column as high as the other's blocks, and not a row as wide as they. */
  public static boolean isColumn(Blocks vectors, Blocks blocks) {
    boolean column = vectors.columns() == 1 && vectors.rows() == blocks.rows();
    if (!column && (vectors.rows() != 1 || vectors.columns() != blocks.columns())) {
      throw new IllegalArgumentException(
          "vectors of %d x %d, expected a column or a row of %d x %d"
              .formatted(vectors.rows(), vectors.columns(), blocks.rows(), blocks.columns()));
    }
    return column;
  }

  /** See {@link Device#gemmEach}. */
  public static void requireProducts(
      Transpose a, Transpose b, Blocks left, Blocks right, Blocks out) {
    int rows = a == Transpose.YES ? left.columns() : left.rows();
    int inner = a == Transpose.YES ? left.rows() : left.columns();
    int innerRight = b == Transpose.YES ? right.columns() : right.rows();
    int columns = b == Transpose.YES ? right.rows() : right.columns();
    if (inner != innerRight || rows != out.rows() || columns != out.columns()) {
      throw new IllegalArgumentException(
          "gemm of %d x %d by %d x %d does not give %d x %d"
              .formatted(rows, inner, innerRight, columns, out.rows(), out.columns()));
    }
    int count = Math.max(out.count(), Math.max(left.count(), right.count()));
    if (!serves(left, count) || !serves(right, count) || !serves(out, count)) {
      throw new IllegalArgumentException(
          "%d by %d operands do not give %d products"
              .formatted(left.count(), right.count(), out.count()));
    }
  }

  private static boolean serves(Blocks blocks, int count) {
    return blocks.count() == count || blocks.count() == 1;
  }

  /** See {@link Device#spreadEach} and {@link Device#sumEach}: a vector for each block, or one. */
  public static void requireServing(Blocks vectors, Blocks blocks) {
    if (!serves(vectors, blocks.count())) {
      throw new IllegalArgumentException(
          "%d vectors for %d blocks".formatted(vectors.count(), blocks.count()));
    }
  }

  /** See {@link Device#dots}. */
  public static void requireDots(Matrix x, Matrix y) {
    if (y.rows() != x.rows() || (y.columns() != 1 && y.columns() != x.columns())) {
      throw new IllegalArgumentException(
          "dots of %d x %d with %d x %d".formatted(x.rows(), x.columns(), y.rows(), y.columns()));
    }
  }

  /** See {@link Device#copy}. */
  public static void requireAsMany(Matrix from, Matrix to) {
    if (from.size() != to.size()) {
      throw new IllegalArgumentException(
          "copy of %d elements into %d".formatted(from.size(), to.size()));
    }
  }

  /**
   * See {@link Device#gatherColumns}.
   *
   * @throws IndexOutOfBoundsException if a column is chosen that is not there
   */
  public static void requireChosenColumns(Matrix from, int[] columns, Matrix to) {
    if (from.rows() != to.rows() || columns.length != to.columns()) {
      throw new IllegalArgumentException(
          "gather of %d columns of %d rows into %d x %d"
              .formatted(columns.length, from.rows(), to.rows(), to.columns()));
    }
    for (int column : columns) {
      if (column < 0 || column >= from.columns()) {
        throw new IndexOutOfBoundsException(
            "column %d was chosen from a %d x %d matrix"
                .formatted(column, from.rows(), from.columns()));
      }
    }
  }

  /** See {@link Device#gatherEach} and {@link Device#addScattered}. */
  public static void requireChosen(Matrix all, Matrix rows, Matrix chosen) {
    if (chosen.rows() != rows.rows() || chosen.columns() != all.columns()) {
      throw new IllegalArgumentException(
          "chosen values of %d x %d, expected %d x %d"
              .formatted(chosen.rows(), chosen.columns(), rows.rows(), all.columns()));
    }
    if (all.columns() % rows.columns() != 0) {
      throw new IllegalArgumentException(
          "rows for %d columns do not repeat over %d".formatted(rows.columns(), all.columns()));
    }
  }

  /** See {@link Device#transposeEach}. */
  public static void requireTransposed(Blocks in, Blocks out) {
    if (in.rows() != out.columns() || in.columns() != out.rows() || in.count() != out.count()) {
      throw new IllegalArgumentException(
          "%d blocks of %d x %d are not the transposes of %d of %d x %d"
              .formatted(
                  out.count(), out.rows(), out.columns(), in.count(), in.rows(), in.columns()));
    }
  }

  /** See {@link Device#convolve} and {@link Device#convolveBack}. */
  public static void requireConvolution(
      Window window, Matrix images, Blocks weights, Matrix outputs) {
    requireWeights(window, weights);
    require("images", images, window.imageSize(), images.columns());
    require("outputs", outputs, outputs(window, weights), outputs.columns());
  }

  private static int outputs(Window window, Blocks weights) {
    return Math.multiplyExact(weights.columns(), window.positions());
  }

  private static void requireWeights(Window window, Blocks weights) {
    if (weights.rows() != window.patchSize() || weights.leading() != weights.rows()) {
      throw new IllegalArgumentException(
          "weights of %d x %d in columns of %d, expected columns of %d"
              .formatted(weights.rows(), weights.columns(), weights.leading(), window.patchSize()));
    }
  }

  /** Checks that there are results for each of some examples and each of the weights. */
  public static void requireResults(Matrix given, Blocks weights, Matrix results) {
    if (results.columns() != (long) given.columns() * weights.count()) {
      throw new IllegalArgumentException(
          "results for %d examples, expected %d for each of %d weights"
              .formatted(results.columns(), given.columns(), weights.count()));
    }
  }

  /** See {@link Device#addConvolveWeights}. */
  public static void requireParts(Matrix images, Matrix upstream, Blocks weights) {
    int examples = Math.min(images.columns(), upstream.columns());
    long most = Math.max(images.columns(), upstream.columns());
    if (most != (long) examples * weights.count()) {
      throw new IllegalArgumentException(
          "%d images and upstreams for %d do not make sums for %d weights"
              .formatted(images.columns(), upstream.columns(), weights.count()));
    }
  }

  /** See the pooling operations of {@link Device}. */
  public static void requirePooling(Window window, Matrix images, Matrix pooled) {
    require("images", images, window.imageSize(), images.columns());
    require("pooled images", pooled, window.channels() * window.positions(), images.columns());
  }
}
