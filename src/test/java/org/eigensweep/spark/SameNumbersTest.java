package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Fingerprint;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.walk.BranchStart;
import org.eigensweep.experiment.walk.LocalRunner;
import org.eigensweep.experiment.walk.Segment;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.experiment.walk.TrunkStart;
import org.eigensweep.spark.failure.SweepException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A trial has the same rows, bit for bit, whatever else is in the sweep, was finished before or
 * runs beside it, and however many cores are there.
 */
@Tag("slow")
class SameNumbersTest extends UndisturbedSweep {
  @Test
  void whateverIsRunBesideItOrWasFinishedBefore() throws IOException {
    start("local[2]", 1);
    // One trunk alone would have had both cores, and a branch alone too.
    Sweep alone = sweep(List.of(0.1), List.of(5), List.of(Continuation.BULK));
    run(alone, "alone");
    hasItsRows(alone, "alone");
    Sweep plain = sweep(List.of(0.02), List.of(5), List.of(Continuation.PLAIN));
    run(plain, "plain");
    hasItsRows(plain, "plain");
    Sweep backwards =
        sweep(List.of(0.02, 0.1), List.of(5, 2), List.of(Continuation.BULK, Continuation.PLAIN));
    run(backwards, "backwards");
    hasItsRows(ALL, "backwards");
    List<Trial> trials = ALL.trials();
    for (List<Trial> left :
        List.of(
            trials.subList(7, 8),
            trials.subList(2, 3),
            trials.subList(1, 5),
            List.of(trials.get(0), trials.get(6)))) {
      forget("backwards", left);
      run(ALL, "backwards");
      hasItsRows(ALL, "backwards");
    }
  }

  /** Runs as a local runner does, but fails in some parts as long as a file is not there. */
  private record FailsIn(TrialRunner runner, List<String> parts, String repaired)
      implements TrialRunner {
    @Override
    public Reached<TrunkOutcome> runTrunk(Trunk trunk, TrunkStart start, Segment segment) {
      check(trunk.id());
      return runner.runTrunk(trunk, start, segment);
    }

    @Override
    public Reached<BranchOutcome> runBranch(Trial trial, BranchStart start, Segment segment) {
      check(trial.id());
      return runner.runBranch(trial, start, segment);
    }

    private void check(String part) {
      if (parts.contains(part) && !Files.exists(Path.of(repaired))) {
        throw new IllegalStateException("out of order: " + part);
      }
    }

    @Override
    public void close() {
      runner.close();
    }
  }

  @Test
  void whetherItsTrunkWasKeptOrRanInTheSameProcess() throws IOException {
    start("local[2]", 1);
    String repaired = folder.resolve("repaired").toString();
    List<String> parts =
        List.of("lr0.02-seed3", "lr0.1-seed3-rank2-plain", "lr0.1-seed3-rank5-bulk");
    TrialRunner.Factory failing =
        (protocol, problem, threads) ->
            new FailsIn(LocalRunner.local(protocol, problem, threads), parts, repaired);
    assertThatThrownBy(() -> run(ALL, "kept", failing))
        .isInstanceOf(SweepException.class)
        .as("four trials of a trunk, a branch that two ranks share, and one more")
        .hasMessageStartingWith("7 of 8 trials failed: ");
    assertThat(
            folder.resolve(
                "kept/checkpoints/lr0.1-seed3-"
                    + Fingerprint.of(ALL.protocol(), PROBLEM, ALL.trunks().get(0)).hash()))
        .exists();
    Files.createFile(Path.of(repaired));
    run(ALL, "kept", failing);
    hasItsRows(ALL, "kept");
  }

  @Test
  void onOneCoreAsOnTwo() {
    start("local[1]", 1);
    run(ALL, "one-core");
    hasItsRows(ALL, "one-core");
  }

  /** Threads share the parts of a sum, which are added in one order. */
  @Test
  void onTwoThreadsAsOnOne() throws IOException {
    start("local[2]", 2);
    run(ALL, "two-threads");
    hasItsRows(ALL, "two-threads");
  }
}
