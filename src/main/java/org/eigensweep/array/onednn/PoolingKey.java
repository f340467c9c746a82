package org.eigensweep.array.onednn;

/** The shape of a pooling and what is asked of it. */
record PoolingKey(Kind kind, Geometry scan, int images, Onto onto) {
  enum Kind {
    LARGEST,
    MEAN,
    BACK_MEAN
  }
}
