package org.eigensweep.spark.parallel;

/**
 * The bytes of vectors that curvature products moved between driver and executors, counted in the
 * working precision. Retries, and what Spark adds for transport, are not counted.
 *
 * @param products number of matrix-vector products
 * @param sent bytes of blocks, each sent once to each executor
 * @param returned partial sums, one a part of the training set
 * @param minimum bytes that cannot be avoided: every executor receives the block and returns one
 *     sum
 */
record Traffic(long products, long sent, long returned, long minimum) {
  static final Traffic NONE = new Traffic(0, 0, 0, 0);

  /** Adds a product with a block. */
  Traffic plus(int columns, long blockBytes, int executors, int parts) {
    return new Traffic(
        products + columns,
        sent + executors * blockBytes,
        returned + parts * blockBytes,
        minimum + 2L * executors * blockBytes);
  }

  /** In one line. */
  @Override
  public String toString() {
    return "%d products sent %.1f MB and returned %.1f MB, at least %.1f MB in all"
        .formatted(products, sent / 1e6, returned / 1e6, minimum / 1e6);
  }
}
