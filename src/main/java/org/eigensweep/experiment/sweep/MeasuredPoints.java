package org.eigensweep.experiment.sweep;

/**
 * The points of a trajectory that are looked at.
 *
 * @param measuring what is measured
 * @param start the first step
 * @param last the last
 */
public record MeasuredPoints(Measuring measuring, int start, int last) {
  /** Whether a point has a row: every so many steps, and at both ends. */
  public boolean hasRow(int step) {
    return step == start || step == last || (step <= last && step % measuring.every() == 0);
  }

  /** Whether the row of a point has the eigenspace: every so many steps, and at both ends. */
  public boolean hasEigenspace(int step) {
    return hasRow(step)
        && (step == start || step == last || step % measuring.eigenspaceEvery() == 0);
  }

  /** Whether the whole spectrum of a point is measured. */
  public boolean hasSpectrum(int step) {
    return hasEigenspace(step) && measuring.spectrum().has(step);
  }

  /** Whether the space of a point has to be known: for its row, or for that of a later point. */
  public boolean needsSpace(int step) {
    return hasEigenspace(step) || isComparedAfter(step, step);
  }

  /**
   * Whether a row after some step is compared with the space of a point.
   *
   * @param step of the point
   * @param now the step
   */
  public boolean isComparedAfter(int step, int now) {
    return measuring.overlaps().stream()
        .anyMatch(lag -> step + lag > now && hasEigenspace(step + lag));
  }

  /** Most spaces that wait to be compared with later ones at a time. */
  public int mostKept() {
    int[] change = new int[last + 2];
    for (int step = start; step <= last; step++) {
      int from = step;
      int until =
          measuring.overlaps().stream()
              .mapToInt(lag -> from + lag)
              .filter(later -> later <= last && hasEigenspace(later))
              .max()
              .orElse(from);
      change[step]++;
      change[until]--;
    }
    int kept = 0;
    int most = 0;
    for (int here : change) {
      kept += here;
      most = Math.max(most, kept);
    }
    return most;
  }
}
