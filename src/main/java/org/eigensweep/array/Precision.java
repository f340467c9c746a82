package org.eigensweep.array;

/** The floating-point format that every matrix of one device holds. */
public enum Precision {
  /** IEEE 754 single precision: the default of training. */
  FLOAT32(4, 0x1p-24),
  /** IEEE 754 double precision: for references and for checking the curvature. */
  FLOAT64(8, 0x1p-53);

  private final int bytes;
  private final double roundoff;

  Precision(int bytes, double roundoff) {
    this.bytes = bytes;
    this.roundoff = roundoff;
  }

  /** Bytes an element takes. */
  public int bytes() {
    return bytes;
  }

  /** Unit roundoff u: half the distance from 1 to the next number. */
  public double roundoff() {
    return roundoff;
  }
}
