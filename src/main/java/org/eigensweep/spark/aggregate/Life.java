package org.eigensweep.spark.aggregate;

import java.io.Serializable;
import java.util.OptionalInt;

/**
 * How far a trial has come.
 *
 * @param last step of its last row, that of its divergence left out
 * @param diverged step at which it diverged; empty if it has not
 * @param runs whether more rows may follow
 */
record Life(int last, Integer diverged, boolean runs) implements Serializable {
  static Life of(int last, OptionalInt diverged, boolean runs) {
    return new Life(last, diverged.isPresent() ? diverged.getAsInt() : null, runs);
  }

  /** How far both of two trials have come. */
  Life together(Life other) {
    Integer first =
        diverged == null
            ? other.diverged
            : other.diverged == null ? diverged : (Integer) Math.min(diverged, other.diverged);
    return new Life(Math.min(last, other.last), first, runs || other.runs);
  }

  boolean hasReached(int step) {
    return step <= last;
  }

  boolean hasDiverged(int step) {
    return diverged != null && step >= diverged;
  }

  /** Whether it may still get a row for this step. */
  boolean isPending(int step) {
    return step > last && runs && !hasDiverged(step);
  }
}
