package org.eigensweep.array;

/** What the operations of a {@link Device} ask of the shapes of their operands. */
final class Shapes {
  private Shapes() {}

  static void requireSame(String operation, Matrix x, Matrix y) {
    if (x.rows() != y.rows() || x.columns() != y.columns()) {
      throw new IllegalArgumentException(
          "%s of %d x %d with %d x %d"
              .formatted(operation, x.rows(), x.columns(), y.rows(), y.columns()));
    }
  }

  static void require(String what, Matrix x, int rows, long columns) {
    if (x.rows() != rows || x.columns() != columns) {
      throw new IllegalArgumentException(
          "%s of %d x %d, expected %d x %d".formatted(what, x.rows(), x.columns(), rows, columns));
    }
  }

  /** See {@link Device#multiply}. */
  static void requireFactors(Matrix x, Matrix y) {
    if ((y.rows() != x.rows() && y.rows() != 1) || x.columns() % y.columns() != 0) {
      throw new IllegalArgumentException(
          "factors of %d x %d, expected those of %d x %d or of their rows or columns"
              .formatted(y.rows(), y.columns(), x.rows(), x.columns()));
    }
  }

  /** Whether one is a column as high as the other's blocks, and not a row as wide as they. */
  static boolean isColumn(Blocks vectors, Blocks blocks) {
    boolean column = vectors.columns() == 1 && vectors.rows() == blocks.rows();
    if (!column && (vectors.rows() != 1 || vectors.columns() != blocks.columns())) {
      throw new IllegalArgumentException(
          "vectors of %d x %d, expected a column or a row of %d x %d"
              .formatted(vectors.rows(), vectors.columns(), blocks.rows(), blocks.columns()));
    }
    return column;
  }

  /** See {@link Device#transposeEach}. */
  static void requireTransposed(Blocks in, Blocks out) {
    if (in.rows() != out.columns() || in.columns() != out.rows() || in.count() != out.count()) {
      throw new IllegalArgumentException(
          "%d blocks of %d x %d are not the transposes of %d of %d x %d"
              .formatted(
                  out.count(), out.rows(), out.columns(), in.count(), in.rows(), in.columns()));
    }
  }

  /** See {@link Device#convolve} and {@link Device#convolveBack}. */
  static void requireConvolution(Window window, Matrix images, Blocks weights, Matrix outputs) {
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
  static void requireResults(Matrix given, Blocks weights, Matrix results) {
    if (results.columns() != (long) given.columns() * weights.count()) {
      throw new IllegalArgumentException(
          "results for %d examples, expected %d for each of %d weights"
              .formatted(results.columns(), given.columns(), weights.count()));
    }
  }

  /** See {@link Device#addConvolveWeights}. */
  static void requireParts(Matrix images, Matrix upstream, Blocks weights) {
    int examples = Math.min(images.columns(), upstream.columns());
    long most = Math.max(images.columns(), upstream.columns());
    if (most != (long) examples * weights.count()) {
      throw new IllegalArgumentException(
          "%d images and upstreams for %d do not make sums for %d weights"
              .formatted(images.columns(), upstream.columns(), weights.count()));
    }
  }

  /** See the pooling operations of {@link Device}. */
  static void requirePooling(Window window, Matrix images, Matrix pooled) {
    require("images", images, window.imageSize(), images.columns());
    require("pooled images", pooled, window.channels() * window.positions(), images.columns());
  }
}
