package org.eigensweep.spark;

import java.util.List;
import org.eigensweep.experiment.outcome.TrialSummary;

/**
 * What a sweep left.
 *
 * @param trials all trials in the sweep's order, those finished by an earlier run included
 * @param output folder of the tables, as it was given
 * @param seconds wall-clock time of this run, the start of Spark included
 */
public record SweepReport(List<TrialSummary> trials, String output, double seconds) {
  public SweepReport {
    trials = List.copyOf(trials);
  }
}
