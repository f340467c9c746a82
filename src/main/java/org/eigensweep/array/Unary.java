package org.eigensweep.array;

/** The functions that {@link Device#map} applies to each element. */
public enum Unary {
  /** Hyperbolic tangent. */
  TANH
}
