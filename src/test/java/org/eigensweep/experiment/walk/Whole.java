package org.eigensweep.experiment.walk;

import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;

/** Runs trunks and branches without a pause. */
public final class Whole {
  private Whole() {}

  /** What a trunk leaves that begins at random parameters. */
  public static TrunkOutcome trunk(TrialRunner runner, Trunk trunk) {
    return trunk(runner, trunk, () -> {});
  }

  /** The same; told after each update. */
  public static TrunkOutcome trunk(TrialRunner runner, Trunk trunk, Runnable stepped) {
    return runner
        .runTrunk(trunk, new TrunkStart.Drawn(), Segment.whole(stepped))
        .outcome()
        .orElseThrow();
  }

  /** What a branch leaves. */
  public static BranchOutcome branch(TrialRunner runner, Trial trial, SwitchState from) {
    return branch(runner, trial, from, () -> {});
  }

  /** The same; told after each update. */
  public static BranchOutcome branch(
      TrialRunner runner, Trial trial, SwitchState from, Runnable stepped) {
    return runner
        .runBranch(trial, new BranchStart.AtSwitch(from), Segment.whole(stepped))
        .outcome()
        .orElseThrow();
  }
}
