package org.eigensweep.spark.run;

import java.io.Serializable;
import org.apache.spark.util.LongAccumulator;
import org.eigensweep.data.Split;
import org.eigensweep.experiment.BranchOutcome;
import org.eigensweep.experiment.Checkpoint;
import org.eigensweep.experiment.Protocol;
import org.eigensweep.experiment.Trial;
import org.eigensweep.experiment.TrialRunner;
import org.eigensweep.experiment.Trunk;
import org.eigensweep.experiment.TrunkOutcome;
import org.eigensweep.experiment.TrunkStart;
import org.eigensweep.spark.task.TaskDevice;

/**
 * All that an executor needs for any task of the sweep: broadcast once, used on executors only.
 *
 * @param factory opens the runners
 * @param protocol what all trials share
 * @param data the examples
 */
record RunnerBroadcast(TrialRunner.Factory factory, Protocol protocol, Split data)
    implements Serializable {
  TrunkOutcome runTrunk(Trunk trunk, TrunkStart start, int threads, LongAccumulator steps) {
    TaskDevice.claim();
    try (TrialRunner runner = factory.open(protocol, data, threads)) {
      return runner.runTrunk(trunk, start, () -> steps.add(1L));
    }
  }

  BranchOutcome runBranch(Trial trial, Checkpoint from, int threads, LongAccumulator steps) {
    TaskDevice.claim();
    try (TrialRunner runner = factory.open(protocol, data, threads)) {
      return runner.runBranch(trial, from, () -> steps.add(1L));
    }
  }
}
