package org.eigensweep.spark.run;

import java.io.Serializable;
import java.util.Optional;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.SweepProblem;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.walk.BranchStart;
import org.eigensweep.experiment.walk.Segment;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.experiment.walk.TrunkStart;
import org.eigensweep.spark.progress.PartSigns;
import org.eigensweep.spark.sliced.StoredBlock;

/**
 * All that an executor needs for any task of the sweep: broadcast once, used on executors only.
 *
 * @param factory opens the runners
 * @param protocol how the problem is trained
 * @param problem what is trained
 */
record RunnerBroadcast(TrialRunner.Factory factory, Protocol protocol, SweepProblem problem)
    implements Serializable {
  /** Runs a segment of a trunk; null if the checkpoint to go on from is not seen here. */
  Reached<TrunkOutcome> runTrunk(Trunk trunk, TrunkStart start, Task task) {
    return run(start.paused(), task, (runner, segment) -> runner.runTrunk(trunk, start, segment));
  }

  /** Runs a segment of a branch; null if the checkpoint to go on from is not seen here. */
  Reached<BranchOutcome> runBranch(Trial trial, BranchStart start, Task task) {
    return run(start.paused(), task, (runner, segment) -> runner.runBranch(trial, start, segment));
  }

  private <T> Reached<T> run(Optional<Checkpoint> at, Task task, SegmentBody<T> body) {
    if (at.isPresent() && !isVisible(at.get())) {
      return null;
    }
    Segment segment = task.prepare();
    try (TrialRunner runner = factory.open(protocol, problem, task.threads())) {
      return body.run(runner, segment);
    }
  }

  private static boolean isVisible(Checkpoint at) {
    return at.vectors().allMatch(it -> !(it instanceof StoredBlock stored) || stored.isVisible());
  }

  /**
   * How a segment runs.
   *
   * @param threads cores that it may keep busy
   * @param plan when it pauses
   * @param signs tells the driver how far it is
   */
  record Task(int threads, SegmentPlan plan, PartSigns signs) implements Serializable {
    Segment prepare() {
      return plan.prepare(signs);
    }
  }
}
