package org.eigensweep.spark.progress;

import java.util.List;

/**
 * How far a sweep is.
 *
 * @param done trials that are finished, those of earlier runs included
 * @param trials all trials
 * @param made steps made in this run or before its checkpoints, by trials that are not of earlier
 *     runs
 * @param expected steps that these make in all, which may change
 * @param speed steps a second of late; NaN if not known yet
 * @param left seconds to the end, estimated; NaN if not known yet
 * @param running what runs now
 */
public record SweepState(
    int done,
    int trials,
    long made,
    long expected,
    double speed,
    double left,
    List<RunningPart> running) {
  public SweepState {
    running = List.copyOf(running);
  }

  /**
   * A trunk or a branch that runs.
   *
   * @param name its id
   * @param rank the k of χ_k
   * @param loss training loss at its latest row; NaN if not known yet
   * @param alignment χ_k of the gradient there; NaN if not known yet
   */
  public record RunningPart(String name, int rank, double loss, double alignment) {}

  /** Whether it is known how long it goes on. */
  boolean goesOn() {
    return !Double.isNaN(left) && made < expected;
  }

  /** Steps made, of a hundred. */
  long percent() {
    return expected > 0 ? 100 * made / expected : 100;
  }
}
