package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.TrialIdentity;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.walk.BranchStart;
import org.eigensweep.experiment.walk.LocalRunner;
import org.eigensweep.experiment.walk.Segment;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.experiment.walk.TrunkStart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A trial has the same rows, bit for bit, however often it pauses and wherever it is taken up. */
@Tag("slow")
class PausedSweepTest extends UndisturbedSweep {
  /** Parts of trials in the order in which their segments began, in this process. */
  private static final List<String> SEGMENTS = Collections.synchronizedList(new ArrayList<>());

  /** Notes each segment. */
  private record Noted(TrialRunner runner) implements TrialRunner {
    @Override
    public Reached<TrunkOutcome> runTrunk(Trunk trunk, TrunkStart start, Segment segment) {
      SEGMENTS.add(trunk.id());
      return runner.runTrunk(trunk, start, segment);
    }

    @Override
    public Reached<BranchOutcome> runBranch(Trial trial, BranchStart start, Segment segment) {
      SEGMENTS.add(trial.id());
      return runner.runBranch(trial, start, segment);
    }

    @Override
    public void close() {
      runner.close();
    }
  }

  @Test
  void howeverOftenItPauses() {
    start("local[1]", 1);
    Sweep some = sweep(List.of(0.1), List.of(5), RULES);
    SEGMENTS.clear();
    run(
        some,
        "pauses",
        Duration.ZERO,
        (protocol, problem, threads) -> new Noted(LocalRunner.local(protocol, problem, threads)));
    hasItsRows(some, "pauses");
    assertThat(folder.resolve("pauses/checkpoints")).as("they are used up").doesNotExist();
    assertThat(SEGMENTS).as("six steps and two times ten, and an end each").hasSize(7 + 2 * 11);
    List<String> parts = new ArrayList<>(SEGMENTS);
    for (String part : Set.copyOf(parts)) {
      assertThat(parts.lastIndexOf(part) - parts.indexOf(part) + 1)
          .as("segments from the first of %s to its last", part)
          .isEqualTo(Collections.frequency(parts, part));
    }
  }

  /**
   * Runs a step at a time, and fails in some parts from a step on as long as a file is not there.
   * The step from which each part is taken up is left in the name of a file.
   */
  private record FailsAt(TrialRunner runner, int step, String calls, String repaired)
      implements TrialRunner {
    @Override
    public Reached<TrunkOutcome> runTrunk(Trunk trunk, TrunkStart start, Segment segment) {
      int from = start instanceof TrunkStart.Resumed resumed ? resumed.at().step() : 0;
      check(trunk.id(), from, trunk.learningRate() == 0.02 && from == 3);
      return runner.runTrunk(trunk, start, segment);
    }

    @Override
    public Reached<BranchOutcome> runBranch(Trial trial, BranchStart start, Segment segment) {
      int from =
          start instanceof BranchStart.Resumed resumed ? resumed.at().step() : start.from().step();
      check(trial.id(), from, from == step);
      return runner.runBranch(trial, start, segment);
    }

    private void check(String part, int from, boolean fails) {
      try {
        if (Files.exists(Path.of(repaired))) {
          Files.createFile(Path.of(calls, "%s from %d".formatted(part, from)));
        } else if (fails) {
          throw new IllegalStateException("out of order: " + part);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      runner.close();
    }
  }

  @Test
  void whereverItWasTakenUpAgain() throws IOException {
    start("local[2]", 1);
    Sweep some = sweep(List.of(0.1, 0.02), List.of(5), RULES);
    String calls = Files.createDirectory(folder.resolve("calls")).toString();
    String repaired = folder.resolve("repaired-later").toString();
    TrialRunner.Factory failing =
        (protocol, problem, threads) ->
            new FailsAt(LocalRunner.local(protocol, problem, threads), 11, calls, repaired);
    assertThatThrownBy(() -> run(some, "taken-up", Duration.ZERO, failing))
        .hasMessageStartingWith("4 of 4 trials failed: ");
    for (Trial trial : some.trials()) {
      List<Integer> steps =
          spark
              .read()
              .parquet(
                  folder
                      .resolve("taken-up/steps")
                      .resolve(TrialIdentity.of(some, PROBLEM, trial).name() + ".parquet")
                      .toString())
              .collectAsList()
              .stream()
              .map(row -> row.<Integer>getAs("step"))
              .toList();
      if (trial.learningRate() == 0.02) {
        assertThat(steps).as("rows of a trunk that failed at step 3").containsExactly(0);
      } else {
        assertThat(steps).as("rows of a branch that failed at step 11").containsExactly(0, 4, 6, 8);
      }
    }
    Files.createFile(Path.of(repaired));
    run(some, "taken-up", Duration.ZERO, failing);
    hasItsRows(some, "taken-up");
    try (Stream<Path> files = Files.list(Path.of(calls))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted().toList())
          .as("no step is made again")
          .contains("lr0.02-seed3 from 3", "lr0.1-seed3-rank5-plain from 11")
          .contains("lr0.1-seed3-rank5-bulk from 11", "lr0.02-seed3-rank5-bulk from 6")
          .doesNotContain("lr0.02-seed3 from 0", "lr0.02-seed3 from 2", "lr0.1-seed3 from 5")
          .doesNotContain("lr0.1-seed3-rank5-plain from 6", "lr0.1-seed3-rank5-bulk from 10")
          .hasSize(4 + 2 * 6 + 2 * 11);
    }
  }
}
