package org.eigensweep.network.preset;

/** The normalisation between a convolution and its activation. */
public enum Normalization {
  /** Nothing. */
  NONE,
  /** Batch normalisation in training mode, with factors and offsets to learn. */
  BATCH;

  /** Parameters for so many planes: factors, offsets, and DL4J's two running statistics. */
  double parameters(double planes) {
    return switch (this) {
      case NONE -> 0;
      case BATCH -> 4 * planes;
    };
  }
}
