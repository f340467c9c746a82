package org.eigensweep.array;

/** How an operand enters a matrix product. */
public enum Transpose {
  /** As it is stored. */
  NO,
  /** Transposed. */
  YES
}
