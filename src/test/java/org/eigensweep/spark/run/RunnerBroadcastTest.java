package org.eigensweep.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.ObserverState;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.Watched;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.walk.BranchStart;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.experiment.walk.TrunkStart;
import org.eigensweep.linalg.SubspaceState;
import org.eigensweep.linalg.TrackedSpace;
import org.eigensweep.spark.FakeRunner;
import org.eigensweep.spark.progress.PartSigns;
import org.eigensweep.spark.sliced.StoredBlock;
import org.eigensweep.training.OptimizerState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerBroadcastTest {
  @Test
  void opensNoRunnerWhereItDoesNotSeeTheCheckpoint(@TempDir Path folder) {
    Sweep sweep = FakeRunner.sweep(List.of(0.5), List.of(Continuation.PLAIN));
    TrialRunner.Factory none =
        (protocol, data, threads) -> {
          throw new AssertionError("a runner was opened");
        };
    RunnerBroadcast runners =
        new RunnerBroadcast(none, sweep.protocol(), FakeRunner.problem("abc"));
    HostMatrix one = new HostMatrix.Floats(1, 1, new float[] {1});
    ObserverState nothing =
        new ObserverState(
            new SubspaceState(null, 0, List.of(), 0, 0, 0, 0), List.of(), 0, List.of());
    StoredBlock elsewhere = new StoredBlock(folder.resolve("not-here").toString(), 1, 1, 1);
    Checkpoint at =
        new Checkpoint(
            3,
            elsewhere,
            OptimizerState.NEW,
            Map.of(),
            nothing,
            List.of(),
            List.of(),
            0,
            new Watched(Map.of(), Map.of()));
    SwitchState from =
        new SwitchState(
            2,
            0.9,
            one,
            OptimizerState.NEW,
            new TrackedSpace(one, 0, 1),
            new Cost(2, 0, 0, 0, 0, 0));
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      var task =
          new RunnerBroadcast.Task(
              1,
              new SegmentPlan(60, folder.toString()),
              PartSigns.of(spark.sparkContext(), "a part", 1));
      assertThat(runners.runTrunk(sweep.trunks().get(0), new TrunkStart.Resumed(at), task))
          .isNull();
      assertThat(runners.runBranch(sweep.trials().get(0), new BranchStart.Resumed(from, at), task))
          .isNull();
    }
  }
}
