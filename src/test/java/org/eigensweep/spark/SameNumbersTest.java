package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.array.Precision;
import org.eigensweep.data.Split;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Fingerprint;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.TrialIdentity;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.experiment.walk.BranchStart;
import org.eigensweep.experiment.walk.LocalRunner;
import org.eigensweep.experiment.walk.Segment;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.experiment.walk.TrunkStart;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.spark.failure.SweepException;
import org.eigensweep.spark.run.TaskRuns;
import org.eigensweep.training.OptimizerKind;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A trial has the same rows, bit for bit, whatever else is in the sweep, was finished before or
 * runs beside it, and however many cores are there. The network is large enough for its products to
 * have other last digits with two threads of BLAS than with one, and its gradient is aligned.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameNumbersTest {
  private static final GeneratedDigits DIGITS = new GeneratedDigits(300, 60, 1);
  private static final Split DATA = DIGITS.load(new Configuration());
  private static final List<UpdateRule> RULES = List.of(UpdateRule.PLAIN, UpdateRule.BULK);

  /** What a clock, or nothing but a place, gives. */
  private static final String[] NOT_NUMBERS = {
    "trunk_seconds", "branch_seconds", "steps_per_second", "seconds", "finished_at", "host"
  };

  private Path folder;
  private SparkSession spark;
  private Map<String, List<String>> undisturbed;

  @BeforeAll
  void runUndisturbed(@TempDir Path temporary) {
    folder = temporary;
    start("local[2]", 1);
    run(ALL, "all");
    undisturbed = rows("all");
    spark.stop();
  }

  private void start(String master, int cores) {
    spark =
        SparkSession.builder()
            .master(master)
            .config("spark.task.cpus", cores)
            .config("spark.ui.enabled", "false")
            .config("spark.scheduler.mode", "FAIR")
            .config("spark.serializer", "org.apache.spark.serializer.JavaSerializer")
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .getOrCreate();
  }

  @AfterEach
  void stop() {
    spark.stop();
  }

  private static Protocol protocol(SwitchRule rule) {
    return new Protocol(
        new NetworkSettings(
            new Mlp(List.of(48), Activation.TANH, Initialization.PYTORCH),
            Loss.MSE,
            0,
            Precision.FLOAT32,
            new PassSettings(16L << 20, 1L << 30, 1000)),
        new TrainingPlan(
            OptimizerKind.SGD, new WarmUp(0, 1, 2), new Batches.Shuffled(50), 16, rule),
        new Following(new SolverSettings(6, 1e-3, Which.LARGEST, 2000), 1e-3, 4));
  }

  private static Sweep sweep(List<Double> rates, List<Integer> ranks, List<UpdateRule> rules) {
    return new Sweep(
        "same", DIGITS, protocol(new SwitchRule.AtStep(6)), rates, List.of(3L), ranks, rules);
  }

  private static final Sweep ALL = sweep(List.of(0.1, 0.02), List.of(2, 5), RULES);

  private SweepReport run(Sweep sweep, String output) {
    return run(sweep, output, LocalRunner::local);
  }

  private SweepReport run(Sweep sweep, String output, TrialRunner.Factory runners) {
    return run(sweep, output, Duration.ofMinutes(1), runners);
  }

  private SweepReport run(
      Sweep sweep, String output, Duration checkpoints, TrialRunner.Factory runners) {
    return SweepJob.run(
        sweep,
        DATA,
        folder.resolve(output).toString(),
        checkpoints,
        Map.of("settings", "{}"),
        new PrintStream(OutputStream.nullOutputStream(), true),
        TaskRuns.opener(runners));
  }

  /** Table and trial → its rows, each number with all its digits. */
  private Map<String, List<String>> rows(String output) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String table : List.of("trials", "steps", "eigenvalues")) {
      spark
          .read()
          .parquet(folder.resolve(output).resolve(table).toString())
          .drop(NOT_NUMBERS)
          .collectAsList()
          .forEach(
              row ->
                  rows.computeIfAbsent(table + " of " + id(row), k -> new ArrayList<>())
                      .add(row.toString()));
    }
    rows.values().forEach(list -> list.sort(null));
    return rows;
  }

  private static String id(Row row) {
    return "lr%s-seed%d-rank%d-%s"
        .formatted(
            row.<Double>getAs("learning_rate"),
            row.<Long>getAs("seed"),
            row.<Integer>getAs("rank"),
            row.<String>getAs("branch"));
  }

  private void hasItsRows(Sweep sweep, String output) {
    Map<String, List<String>> some = new LinkedHashMap<>(undisturbed);
    Set<String> trials = Set.copyOf(sweep.trials().stream().map(Trial::id).toList());
    some.keySet().removeIf(key -> !trials.contains(key.substring(key.indexOf(" of ") + 4)));
    assertThat(some).hasSize(3 * trials.size());
    assertThat(rows(output)).as(output).isEqualTo(some);
  }

  /** A driver that was killed at the end of some trials leaves the others without a row. */
  private void forget(String output, List<Trial> trials) throws IOException {
    for (Trial trial : trials) {
      String name = TrialIdentity.of(ALL, DATA, trial).name();
      Files.delete(folder.resolve(output).resolve("trials/" + name + ".parquet"));
      Files.delete(folder.resolve(output).resolve("seals/" + name + ".sha256"));
    }
  }

  @Test
  void whateverIsRunBesideItOrWasFinishedBefore() throws IOException {
    start("local[2]", 1);
    // One trunk alone would have had both cores, and a branch alone too.
    Sweep alone = sweep(List.of(0.1), List.of(5), List.of(UpdateRule.BULK));
    run(alone, "alone");
    hasItsRows(alone, "alone");
    Sweep plain = sweep(List.of(0.02), List.of(5), List.of(UpdateRule.PLAIN));
    run(plain, "plain");
    hasItsRows(plain, "plain");
    Sweep backwards =
        sweep(List.of(0.02, 0.1), List.of(5, 2), List.of(UpdateRule.BULK, UpdateRule.PLAIN));
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
        (protocol, data, threads) ->
            new FailsIn(LocalRunner.local(protocol, data, threads), parts, repaired);
    assertThatThrownBy(() -> run(ALL, "kept", failing))
        .isInstanceOf(SweepException.class)
        .as("four trials of a trunk, a branch that two ranks share, and one more")
        .hasMessageStartingWith("7 of 8 trials failed: ");
    assertThat(
            folder.resolve(
                "kept/checkpoints/lr0.1-seed3-"
                    + Fingerprint.of(ALL.protocol(), DATA, ALL.trunks().get(0)).hash()))
        .exists();
    Files.createFile(Path.of(repaired));
    run(ALL, "kept", failing);
    hasItsRows(ALL, "kept");
  }

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
        (protocol, data, threads) -> new Noted(LocalRunner.local(protocol, data, threads)));
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
    String calls = Files.createDirectory(folder.resolve("calls")).toString();
    String repaired = folder.resolve("repaired-later").toString();
    TrialRunner.Factory failing =
        (protocol, data, threads) ->
            new FailsAt(LocalRunner.local(protocol, data, threads), 11, calls, repaired);
    assertThatThrownBy(() -> run(ALL, "taken-up", Duration.ZERO, failing))
        .hasMessageStartingWith("8 of 8 trials failed: ");
    for (Trial trial : ALL.trials()) {
      List<Integer> steps =
          spark
              .read()
              .parquet(
                  folder
                      .resolve("taken-up/steps")
                      .resolve(TrialIdentity.of(ALL, DATA, trial).name() + ".parquet")
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
    run(ALL, "taken-up", Duration.ZERO, failing);
    hasItsRows(ALL, "taken-up");
    try (Stream<Path> files = Files.list(Path.of(calls))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted().toList())
          .as("no step is made again, in a branch that ranks share or in another")
          .contains("lr0.02-seed3 from 3", "lr0.1-seed3-rank2-plain from 11")
          .contains("lr0.1-seed3-rank5-bulk from 11", "lr0.02-seed3-rank5-bulk from 6")
          .doesNotContain("lr0.02-seed3 from 0", "lr0.02-seed3 from 2", "lr0.1-seed3 from 5")
          .doesNotContain("lr0.1-seed3-rank2-plain from 6", "lr0.1-seed3-rank5-bulk from 10")
          .hasSize(4 + 3 * 6 + 3 * 11);
    }
  }

  @Test
  void onOneCoreAsOnTwo() {
    start("local[1]", 1);
    run(ALL, "one-core");
    hasItsRows(ALL, "one-core");
  }

  /** What BLAS does with two threads is the reason for all this. */
  @Test
  void otherThreadsGiveOtherLastDigitsAndAreTakenForWhatTheyAre() {
    Sweep one = sweep(List.of(0.1), List.of(5), List.of(UpdateRule.BULK));
    start("local[2]", 2);
    run(one, "two-threads");
    String rows = "eigenvalues of " + one.trials().get(0).id();
    assertThat(rows("two-threads").get(rows))
        .as("else these tests see nothing")
        .isNotEqualTo(undisturbed.get(rows));
    run(ALL, "all");
    assertThat(rows("all")).as("read back, with the threads that they had").isEqualTo(undisturbed);
  }
}
