package org.eigensweep.array.onednn;

/** The shape of a convolution and what is asked of it. */
record ConvolutionKey(Kind kind, Geometry scan, int images, int outputs, Onto onto) {
  enum Kind {
    FORWARD,
    BACK_DATA,
    BACK_WEIGHTS
  }
}
