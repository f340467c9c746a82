package org.eigensweep.spark.progress;

import org.eigensweep.experiment.outcome.Cost;

/** What is known of a trunk or a branch on the driver. */
final class Part {
  /**
   * Parts whose steps cost about the same.
   *
   * @param batches examples of a step, in words
   * @param branch name of the branch; empty for trunks
   */
  record Kind(String batches, String branch) {}

  private final Kind kind;
  private final int rank;
  private long expected;
  private long made;
  private boolean runs;
  private boolean over;
  private long madeAtStart;
  private long startedAt;
  private double seconds;
  private Sighting seen = Sighting.NONE;

  Part(Kind kind, int rank, long expected) {
    this.kind = kind;
    this.rank = rank;
    this.expected = expected;
  }

  Kind kind() {
    return kind;
  }

  int rank() {
    return rank;
  }

  long expected() {
    return expected;
  }

  long made() {
    return made;
  }

  Sighting seen() {
    return seen;
  }

  boolean runs() {
    return runs && !over;
  }

  boolean isOver() {
    return over;
  }

  /** Goes on, or starts, after so many steps. */
  void startsAfter(long steps) {
    made = steps;
    expected = Math.max(expected, steps);
    runs = false;
  }

  /** Has made so many steps, by the clock of the driver in nanoseconds. */
  void reaches(long steps, long now) {
    if (!runs && steps > made) {
      runs = true;
      startedAt = now;
      madeAtStart = steps;
    }
    made = steps;
    expected = Math.max(expected, steps);
  }

  void sees(Sighting sighting) {
    seen = sighting;
  }

  /** Is to make so many steps, of which it has made none. */
  void expects(long steps) {
    expected = steps;
    made = 0;
  }

  /** Came to its end. */
  void ends(Cost cost) {
    over = true;
    expected = cost.steps();
    made = cost.steps();
    seconds = cost.seconds();
  }

  /** Will not come to its end. */
  void dropped() {
    over = true;
    expected = 0;
    made = 0;
    seconds = 0;
  }

  /** Seconds that its steps took which {@link #stepsTimed} counts. */
  double secondsTimed(long now) {
    return over ? seconds : runs ? (now - startedAt) / 1e9 : 0;
  }

  /** Steps whose time is known. */
  long stepsTimed() {
    return over ? made : runs ? made - madeAtStart : 0;
  }
}
