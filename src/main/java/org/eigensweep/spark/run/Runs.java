package org.eigensweep.spark.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.PendingTrunk;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.SweepProblem;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.walk.LocalRunner;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.spark.output.Located;
import org.eigensweep.spark.progress.Progress;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.spark.task.TaskDevice;

/**
 * Runs trunks and branches. Each method blocks the driver thread that calls it until the result is
 * there, and may be called from several threads.
 */
public interface Runs extends AutoCloseable {
  /** Trunks that may be under way at the same time, at least 1. */
  int trunksInFlight();

  /** Trunks and branches that may run at the same time, at least 1. */
  int partsInFlight();

  /**
   * Runs a segment of a trunk.
   *
   * @param at where it paused; empty for its start
   * @throws UnreachableCheckpointException if the checkpoint is not seen where it would go on
   */
  Located<Reached<TrunkOutcome>> submitTrunk(Trunk trunk, Optional<Checkpoint> at);

  /**
   * Gets ready for the branches of a trunk.
   *
   * @param switches rank → state at its switch
   * @return closed by the caller when all branches are done
   */
  Branches branches(Trunk trunk, Map<Integer, SwitchState> switches);

  @Override
  void close();

  /** The branches of one trunk. */
  interface Branches extends AutoCloseable {
    /**
     * Runs a segment of a branch.
     *
     * @param trial whose rank must have switched
     * @param at where it paused; empty for the switch
     * @throws UnreachableCheckpointException if the checkpoint is not seen where it would go on
     */
    Located<Reached<BranchOutcome>> submitBranch(Trial trial, Optional<Checkpoint> at);

    @Override
    void close();
  }

  /** Starts what a placement needs. */
  @FunctionalInterface
  interface Opener {
    /**
     * Gets ready to run.
     *
     * @param spark the context of all jobs
     * @param protocol how the problem is trained
     * @param problem what is trained
     * @param work the trunks and trials to run
     * @param progress told of each step
     * @param segments where parts pause
     * @return owned by the caller, who closes it
     */
    Runs open(
        JavaSparkContext spark,
        Protocol protocol,
        SweepProblem problem,
        List<PendingTrunk> work,
        Progress progress,
        Segments segments);
  }

  /** Runners in tasks. */
  private static TrialRunner.Factory of(DeviceChoice choice) {
    return (protocol, problem, threads) ->
        LocalRunner.local(protocol, problem, TaskDevice.claim(choice), threads);
  }

  /** How a placement runs trials. */
  static Opener of(Placement placement) {
    return placement instanceof Placement.DataParallel parallel
        ? ThreadRuns.opener(parallel)
        : TaskRuns.opener(of(placement.device()));
  }
}
