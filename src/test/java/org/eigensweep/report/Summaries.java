package org.eigensweep.report;

import java.util.Set;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Setting;
import org.eigensweep.experiment.sweep.Trial;

/** Trials that ended in ways that are made up. */
final class Summaries {
  private static final Cost COST = new Cost(100, 0, 0, 0, 0, 0.5);

  private Summaries() {}

  static Trial trial(long seed, Continuation branch) {
    return new Trial(0.01, seed, 10, branch);
  }

  static Trial trial(int batchSize, long seed, Continuation branch) {
    return new Trial(0.01, Setting.of(new Batches.Shuffled(batchSize)), seed, 10, branch);
  }

  static TrialSummary completed(Trial trial, double atSwitch, double atEnd, double alignment) {
    return completed(trial, 100, atSwitch, atEnd, alignment);
  }

  static TrialSummary completed(
      Trial trial, int switchStep, double atSwitch, double atEnd, double alignment) {
    return ended(trial, Status.COMPLETED, switchStep, atSwitch, atEnd, alignment);
  }

  static TrialSummary diverged(Trial trial, double atSwitch) {
    return ended(trial, Status.DIVERGED, 100, atSwitch, Double.NaN, 0.95);
  }

  static TrialSummary notSwitched(Trial trial, double atEnd) {
    return ended(trial, Status.NOT_SWITCHED, -1, Double.NaN, atEnd, Double.NaN);
  }

  private static TrialSummary ended(
      Trial trial, Status status, int switchStep, double atSwitch, double atEnd, double alignment) {
    boolean end = Set.of(Status.COMPLETED, Status.NOT_SWITCHED).contains(status);
    return new TrialSummary(
        trial,
        status,
        switchStep,
        switchStep < 0 ? Double.NaN : 0.95,
        atSwitch,
        alignment,
        end ? -1 : 300,
        end ? 400 : -1,
        atEnd,
        0.99,
        2 * atEnd,
        end ? 0.9125 : Double.NaN,
        COST,
        COST);
  }
}
