package org.eigensweep.network.archive;

/** The 16-bit format of IEEE 754: a sign, 5 bits of exponent biased by 15, 10 of significand. */
final class HalfPrecision {
  private static final int SIGNIFICAND = 10;
  private static final int BIAS = 15;
  private static final int LARGEST_EXPONENT = 31;

  private HalfPrecision() {}

  /** The same number, which float32 holds exactly. */
  static float toFloat(short bits) {
    int exponent = (bits >> SIGNIFICAND) & LARGEST_EXPONENT;
    int significand = bits & ((1 << SIGNIFICAND) - 1);
    float magnitude;
    if (exponent == LARGEST_EXPONENT) {
      magnitude = significand == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((float) significand, 1 - BIAS - SIGNIFICAND);
    } else {
      int whole = significand | (1 << SIGNIFICAND);
      magnitude = Math.scalb((float) whole, exponent - BIAS - SIGNIFICAND);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
