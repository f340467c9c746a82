package org.eigensweep.experiment.walk;

import java.io.Serializable;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;

/**
 * What a placement needs in order to run the parts of a trial. A runner belongs to the thread that
 * opened it and holds its device's memory until it is closed.
 */
public interface TrialRunner extends AutoCloseable {
  /**
   * Runs a trunk towards the last switch of its ranks.
   *
   * @param trunk the trunk
   * @param start where it starts, or was left
   * @param segment how far
   */
  Reached<TrunkOutcome> runTrunk(Trunk trunk, TrunkStart start, Segment segment);

  /**
   * Runs a trial's branch towards the last step.
   *
   * @param trial the trial
   * @param start where its branch starts, or was left
   * @param segment how far
   */
  Reached<BranchOutcome> runBranch(Trial trial, BranchStart start, Segment segment);

  @Override
  void close();

  /** Opens runners; it is sent to the process in which they are to run. */
  @FunctionalInterface
  interface Factory extends Serializable {
    /**
     * Opens a runner in this process.
     *
     * @param protocol how it is trained
     * @param problem what is trained
     * @param threads cores that the runner may keep busy, at least 1
     */
    TrialRunner open(Protocol protocol, Problem problem, int threads);
  }
}
