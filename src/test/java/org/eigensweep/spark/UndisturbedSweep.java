package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.array.Precision;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.NetworkSource;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.TrialIdentity;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.experiment.walk.LocalRunner;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.spark.run.TaskRuns;
import org.eigensweep.training.OptimizerSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sweep that ran undisturbed, and how its rows are compared with those of others, bit for bit.
 * The network is large enough for its products to have other last digits with two threads of BLAS
 * than with one, and its gradient is aligned.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class UndisturbedSweep {
  static final GeneratedDigits DIGITS = new GeneratedDigits(300, 60, 1);
  private static final NetworkSource SOURCE =
      new NetworkSource(
          new NetworkSettings(
              new Mlp(List.of(48), Activation.TANH, Initialization.PYTORCH),
              Loss.MSE,
              0,
              Precision.FLOAT32,
              new PassSettings(16L << 20, 1L << 30, 1000)),
          DIGITS);
  static final NetworkProblem PROBLEM = SOURCE.load(new Configuration());
  static final List<Continuation> RULES = List.of(Continuation.PLAIN, Continuation.BULK);

  /** What a clock, or nothing but a place and its cores, gives. */
  static final String[] NOT_NUMBERS = {
    "trunk_seconds",
    "branch_seconds",
    "steps_per_second",
    "seconds",
    "finished_at",
    "host",
    "threads"
  };

  Path folder;
  SparkSession spark;
  Map<String, List<String>> undisturbed;

  @BeforeAll
  void runUndisturbed(@TempDir Path temporary) {
    folder = temporary;
    start("local[2]", 1);
    run(ALL, "all");
    undisturbed = rows("all");
    spark.stop();
  }

  void start(String master, int cores) {
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

  static Protocol protocol(SwitchRule rule) {
    return new Protocol(
        new TrainingPlan(
            OptimizerSettings.SGD, new WarmUp(0, 1, 2), new Batches.Shuffled(50), 16, rule),
        new Following(new SolverSettings(6, 1e-3, Which.LARGEST, 2000), 1e-3, 4));
  }

  static Sweep sweep(List<Double> rates, List<Integer> ranks, List<Continuation> rules) {
    return new Sweep(
        "same", SOURCE, protocol(new SwitchRule.AtStep(6)), rates, List.of(3L), ranks, rules);
  }

  static final Sweep ALL = sweep(List.of(0.1, 0.02), List.of(2, 5), RULES);

  SweepReport run(Sweep sweep, String output) {
    return run(sweep, output, LocalRunner::local);
  }

  SweepReport run(Sweep sweep, String output, TrialRunner.Factory runners) {
    return run(sweep, output, Duration.ofMinutes(1), runners);
  }

  SweepReport run(Sweep sweep, String output, Duration checkpoints, TrialRunner.Factory runners) {
    return SweepJob.run(
        sweep,
        PROBLEM,
        folder.resolve(output).toString(),
        checkpoints,
        Map.of("settings", "{}"),
        new PrintStream(OutputStream.nullOutputStream(), true),
        TaskRuns.opener(runners));
  }

  /** Table and trial → its rows, each number with all its digits. */
  Map<String, List<String>> rows(String output) {
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

  static String id(Row row) {
    return "lr%s-seed%d-rank%d-%s"
        .formatted(
            row.<Double>getAs("learning_rate"),
            row.<Long>getAs("seed"),
            row.<Integer>getAs("rank"),
            row.<String>getAs("branch"));
  }

  void hasItsRows(Sweep sweep, String output) {
    Map<String, List<String>> some = new LinkedHashMap<>(undisturbed);
    Set<String> trials = Set.copyOf(sweep.trials().stream().map(Trial::id).toList());
    some.keySet().removeIf(key -> !trials.contains(key.substring(key.indexOf(" of ") + 4)));
    assertThat(some).hasSize(3 * trials.size());
    assertThat(rows(output)).as(output).isEqualTo(some);
  }

  /** A driver that was killed at the end of some trials leaves the others without a row. */
  void forget(String output, List<Trial> trials) throws IOException {
    for (Trial trial : trials) {
      String name = TrialIdentity.of(ALL, PROBLEM, trial).name();
      Files.delete(folder.resolve(output).resolve("trials/" + name + ".parquet"));
      Files.delete(folder.resolve(output).resolve("seals/" + name + ".sha256"));
    }
  }
}
