package org.eigensweep.array.onednn;

/** What becomes of the numbers that an output held. */
public enum Onto {
  /** They are overwritten and not read. */
  NOTHING,
  /** The result is added to them. */
  SUM;

  Blend blend() {
    return this == NOTHING ? Blend.REPLACE : Blend.ADD;
  }
}
