package org.eigensweep.array;

/** The functions that {@link Device#map} applies to each element. */
public enum Unary {
  /** Hyperbolic tangent. */
  TANH,
  /** 1/(1 + e⁻ˣ). */
  SIGMOID,
  /** eˣ. */
  EXP,
  /** 1/√x. */
  RSQRT,
  /** log(1 + x), to the rounding of the sum. */
  LOG1P,
  /** x above 0, eˣ − 1 elsewhere. */
  ELU,
  /** max(x, 0). */
  RELU,
  /** 1 above 0, 0 elsewhere. */
  STEP,
  /** x clipped to [−1, 1]. */
  HARDTANH
}
