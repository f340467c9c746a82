package org.eigensweep.network.preset;

/** What becomes of the values under a pooling window. */
public enum Pooling {
  /** The largest one. */
  MAX,
  /** Their mean. */
  AVERAGE
}
