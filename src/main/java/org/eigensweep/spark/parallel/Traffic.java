package org.eigensweep.spark.parallel;

/**
 * The bytes of vectors that curvature products moved between driver and executors, as numbers of
 * the working precision; what Spark adds for transport, and retries, are not counted.
 *
 * @param products matrix-vector products
 * @param sent blocks, once to each executor
 * @param returned partial sums, one a part of the training set
 * @param minimum what cannot be avoided: every executor takes in the block and gives one sum
 */
record Traffic(long products, long sent, long returned, long minimum) {
  static final Traffic NONE = new Traffic(0, 0, 0, 0);

  /** With one more block product. */
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
