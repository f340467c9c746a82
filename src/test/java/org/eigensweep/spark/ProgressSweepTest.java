package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.array.Precision;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.NetworkSource;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.spark.parallel.Reduction;
import org.eigensweep.spark.parallel.VectorPlacement;
import org.eigensweep.spark.progress.Bars;
import org.eigensweep.spark.progress.Gauge;
import org.eigensweep.spark.progress.SweepState;
import org.eigensweep.spark.run.Placement;
import org.eigensweep.spark.run.Runs;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.training.OptimizerSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a whole sweep shows while it runs. */
class ProgressSweepTest {
  private static final NetworkSource SOURCE =
      new NetworkSource(
          new NetworkSettings(
              new Mlp(List.of(4), Activation.TANH, Initialization.PYTORCH),
              Loss.MSE,
              0,
              Precision.FLOAT64,
              new PassSettings(16L << 20, 1L << 30, 1000)),
          new GeneratedDigits(60, 20, 1));

  private static final Sweep SWEEP =
      new Sweep(
          "shown",
          SOURCE,
          new Protocol(
              new TrainingPlan(
                  OptimizerSettings.SGD,
                  new WarmUp(0, 1, 2),
                  new Batches.Shuffled(10),
                  6,
                  new SwitchRule.AtStep(2)),
              new Following(new SolverSettings(2, 1e-4, Which.LARGEST, 500), 0, 2)),
          List.of(0.05),
          List.of(7L, 8L),
          List.of(2),
          List.of(Continuation.PLAIN, Continuation.BULK));

  private static SparkSession spark;

  @TempDir private Path folder;

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.scheduler.mode", "FAIR")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** Keeps all states. */
  private static final class Recording implements Gauge {
    private final List<SweepState> states = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();

    @Override
    public void show(SweepState state) {
      states.add(state);
    }

    @Override
    public void ended(TrialSummary trial, SweepState state) {
      states.add(state);
      ended.add(trial.trial().id());
    }

    @Override
    public void failed(Trial trial, SweepState state) {
      throw new AssertionError(trial.id() + " failed");
    }

    @Override
    public void close() {}

    SweepState last() {
      return states.get(states.size() - 1);
    }
  }

  private SweepReport run(Placement placement, Gauge.Opener gauges) {
    return SweepJob.run(
        SWEEP,
        SOURCE.load(new Configuration()),
        folder.resolve("out").toString(),
        Duration.ofMinutes(1),
        Map.of("settings", "{}"),
        new PrintStream(console, true, StandardCharsets.UTF_8),
        Runs.of(placement),
        gauges);
  }

  private String shown() {
    return console.toString(StandardCharsets.UTF_8);
  }

  private static final Placement TASKS = new Placement.TrialPerTask(DeviceChoice.AUTO);
  private static final Placement SPREAD =
      new Placement.DataParallel(2, Reduction.ORDERED, VectorPlacement.DRIVER, DeviceChoice.AUTO);

  /** Rows reach the driver at once there, so that each one is seen as the tables have it. */
  @Test
  void showsTheLossAndAlignmentThatTheTablesHave() {
    Recording seen = new Recording();
    run(SPREAD, stream -> seen);
    List<String> shown =
        seen.states.stream()
            .flatMap(state -> state.running().stream())
            .filter(part -> part.name().equals("lr0.05-seed7-rank2-bulk"))
            .filter(part -> !Double.isNaN(part.loss()))
            .map(part -> part.loss() + " " + part.alignment())
            .distinct()
            .toList();
    List<String> rows =
        spark
            .read()
            .parquet(folder.resolve("out/steps").toString())
            .where("seed = 7 and branch = 'bulk' and phase = 'branch' and step < 6")
            .orderBy("step")
            .collectAsList()
            .stream()
            .map(row -> row.getAs("train_loss") + " " + row.getAs("chi_gradient"))
            .toList();
    assertThat(rows).hasSize(2);
    assertThat(shown).isEqualTo(rows);
    assertThat(seen.ended).hasSize(4);
    assertAll(seen.last());
  }

  private static void assertAll(SweepState state) {
    assertThat(state.done()).isEqualTo(4);
    assertThat(state.trials()).isEqualTo(4);
    assertThat(state.made()).isEqualTo(2 * 2 + 4 * 4).isEqualTo(state.expected());
    assertThat(state.running()).isEmpty();
  }

  @Test
  void countsTrialsAndStepsOfTasks() {
    Recording seen = new Recording();
    run(TASKS, stream -> seen);
    assertThat(seen.states.get(0).done()).isZero();
    assertThat(seen.states.get(0).expected()).isEqualTo(20);
    assertThat(seen.ended).hasSize(4);
    assertAll(seen.last());
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80})
  void drawsABarThatFits(int width) {
    run(TASKS, Bars.of(width));
    List<String> drawn = List.of(shown().split("[\r\n]", -1));
    List<String> bars = drawn.stream().filter(line -> line.contains("trials ")).toList();
    assertThat(drawn.get(0)).startsWith("running 4 trials on 2 trunks");
    assertThat(bars.subList(1, bars.size())).isNotEmpty().allMatch(line -> line.length() <= width);
    assertThat(bars.get(bars.size() - 1)).startsWith("100 % [==").contains("] 4/4 trials");
    assertThat(shown()).endsWith(System.lineSeparator());
  }

  @Test
  void printsALineForEachTrialWhereThereIsNoTerminal() {
    SweepReport report = run(TASKS, Gauge::on);
    assertThat(shown()).doesNotContain("\r", "\u001b");
    List<String> lines = shown().lines().toList();
    assertThat(lines.get(0)).startsWith("running 4 trials on 2 trunks");
    assertThat(lines.subList(1, lines.size() - 1))
        .filteredOn(line -> !line.contains(" steps ("))
        .hasSize(4)
        .allMatch(
            line ->
                line.matches(
                    "lr0.05-seed[78]-rank2-(plain|bulk) is done: loss 0\\.\\d+ at step 6"
                        + " \\([1-4] of 4 trials\\)"));
    assertThat(lines.get(lines.size() - 1)).startsWith("20 of 20 steps (100 %) after ");
    assertThat(report.trials()).hasSize(4);
  }

  @Test
  void showsNoBarWhereAllTrialsAreDone() {
    run(TASKS, Gauge::on);
    console.reset();
    run(
        TASKS,
        stream -> {
          throw new AssertionError("there is nothing to show");
        });
    assertThat(shown())
        .isEqualTo(
            "4 of 4 trials were finished in %s and are read back%n"
                .formatted(folder.resolve("out")));
  }
}
