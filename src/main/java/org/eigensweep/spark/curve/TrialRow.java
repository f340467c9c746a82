package org.eigensweep.spark.curve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A trial, finished or not, as the tables know it.
 *
 * @param hash the trial's hash
 * @param progress how far it is, and what its rows come to
 * @param cells columns of {@code trials} if it is finished, otherwise those that identify it: each
 *     a String, an Integer, a Long, a Double, an Instant or null
 */
public record TrialRow(String hash, Progress progress, Map<String, Object> cells) {
  public TrialRow {
    cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
  }

  /** Whether it has a row in {@code trials}. */
  public boolean finished() {
    return cells.containsKey("status");
  }

  /**
   * What the rows of a trial come to; NaN for what they do not have.
   *
   * @param lastStep step of the last row
   * @param lastLoss training loss in the last row that has one
   * @param branchStep step of the branch's first row, −1 before the switch
   * @param branchLoss training loss there
   * @param branchAlignment mean χ_k of the gradient over the branch's rows
   */
  public record Progress(
      int lastStep, double lastLoss, int branchStep, double branchLoss, double branchAlignment) {}
}
