package org.eigensweep.network.preset;

/** How pooling reduces the values in a window. */
public enum Pooling {
  /** The largest one. */
  MAX,
  /** Their mean. */
  AVERAGE
}
