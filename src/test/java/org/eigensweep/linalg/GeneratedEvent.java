package org.eigensweep.linalg;

import java.util.Locale;

/**
 * What befalls a sequence of operators before one of its steps.
 *
 * @param kind what happens
 * @param step number of the first operator that shows it
 * @param index which eigenvalues it concerns, counted from those next to the last pair
 * @param size how large, or how slow
 */
record GeneratedEvent(Kind kind, int step, int index, double size) {
  enum Kind {
    /** All eigenvectors turn, in planes of two, by an angle. */
    JUMP,
    /** An eigenvalue inside and one outside change places over some steps; no vector turns. */
    CROSS,
    /** An eigenvector inside and one outside turn into each other's place over some steps. */
    TURN,
    /** All eigenvalues are multiplied. */
    SCALE,
    /** All eigenvalues change sign. */
    FLIP,
    /** One eigenvalue, outside for an even index, becomes a multiple of the largest. */
    GROW,
    /** Products are not finite: all numbers for an even index, else the last one of a block. */
    NOT_FINITE
  }

  /** Whether another space leads although no vector turns, which a warm start cannot see. */
  boolean crosses() {
    return switch (kind) {
      case CROSS, FLIP, GROW -> true;
      case JUMP, TURN, SCALE, NOT_FINITE -> false;
    };
  }

  static GeneratedEvent parse(String text) {
    String[] parts = text.split("[@:]", -1);
    return new GeneratedEvent(
        Kind.valueOf(parts[0]),
        Integer.parseInt(parts[1]),
        Integer.parseInt(parts[2]),
        Double.parseDouble(parts[3]));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s@%d:%d:%s", kind, step, index, size);
  }
}
