package org.eigensweep.spark;

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
import org.eigensweep.spark.task.Seat;

/**
 * All that an executor needs for any task of the sweep: broadcast once, used on executors only.
 *
 * @param factory opens the runners
 * @param protocol what all trials share
 * @param data the examples
 */
record Bench(TrialRunner.Factory factory, Protocol protocol, Split data) implements Serializable {
  TrunkOutcome run(Trunk trunk, TrunkStart start, int threads, LongAccumulator steps) {
    Seat.take();
    try (TrialRunner runner = factory.open(protocol, data, threads)) {
      return runner.run(trunk, start, () -> steps.add(1L));
    }
  }

  BranchOutcome run(Trial trial, Checkpoint from, int threads, LongAccumulator steps) {
    Seat.take();
    try (TrialRunner runner = factory.open(protocol, data, threads)) {
      return runner.run(trial, from, () -> steps.add(1L));
    }
  }
}
