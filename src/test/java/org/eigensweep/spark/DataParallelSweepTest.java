package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.eigensweep.array.Precision;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.experiment.outcome.Status;
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
import org.eigensweep.spark.run.Placement;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.training.OptimizerSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sweep on both placements. */
@Tag("slow")
class DataParallelSweepTest {
  private static final NetworkSource SOURCE =
      new NetworkSource(
          new NetworkSettings(
              new Mlp(List.of(4), Activation.TANH, Initialization.PYTORCH),
              Loss.MSE,
              0,
              Precision.FLOAT64,
              new PassSettings(16L << 20, 1L << 30, 1000)),
          new GeneratedDigits(60, 20, 1));
  private static final double DIVERGES = 1e200;

  /** Pool, group and description of every job. */
  private static final class Names extends SparkListener {
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      Properties properties = start.properties();
      seen.add(
          "%s | %s | %s"
              .formatted(
                  properties.getProperty("spark.scheduler.pool"),
                  properties.getProperty("spark.jobGroup.id"),
                  properties.getProperty("spark.job.description")));
    }
  }

  @TempDir private Path folder;

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();

  private static Sweep sweep() {
    Protocol protocol =
        new Protocol(
            new TrainingPlan(
                OptimizerSettings.SGD,
                new WarmUp(0, 1, 2),
                new Batches.Shuffled(10),
                4,
                new SwitchRule.AtStep(2)),
            new Following(new SolverSettings(2, 1e-4, Which.LARGEST, 500), 0, 4));
    return new Sweep(
        "both",
        SOURCE,
        protocol,
        List.of(0.05, DIVERGES),
        List.of(7L),
        List.of(2),
        List.of(Continuation.PLAIN, Continuation.BULK));
  }

  private List<TrialSummary> run(Placement placement, String output) {
    return run(placement, Duration.ofMinutes(1), output);
  }

  private List<TrialSummary> run(Placement placement, Duration checkpoints, String output) {
    return SweepJob.run(
            sweep(),
            SOURCE.load(new Configuration()),
            placement,
            folder.resolve(output).toString(),
            checkpoints,
            Map.of("settings", "{}"),
            new PrintStream(console, true, StandardCharsets.UTF_8))
        .trials();
  }

  @Test
  void bothPlacementsTellTheSame() {
    Names names = new Names();
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.scheduler.mode", "FAIR")
            // A handful of rows is not worth compiling queries for.
            .config("spark.sql.codegen.wholeStage", "false")
            .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
            .getOrCreate()) {
      List<TrialSummary> expected = run(new Placement.TrialPerTask(DeviceChoice.AUTO), "tasks");
      spark.sparkContext().addSparkListener(names);
      List<TrialSummary> found =
          run(
              new Placement.DataParallel(
                  3, Reduction.ORDERED, VectorPlacement.DRIVER, DeviceChoice.AUTO),
              "threads");
      assertThat(found)
          .extracting(TrialSummary::status)
          .containsExactly(Status.COMPLETED, Status.COMPLETED, Status.DIVERGED, Status.DIVERGED);
      for (int i = 0; i < found.size(); i++) {
        assertSame(found.get(i), expected.get(i));
      }
      assertThat(console.toString(StandardCharsets.UTF_8).lines())
          .filteredOn(line -> line.startsWith("7 of 7 steps (100 %)"))
          .hasSize(2);
      assertThat(JavaSparkContext.fromSparkContext(spark.sparkContext()).getPersistentRDDs())
          .isEmpty();
    }
    assertThat(names.seen)
        .contains(
            "null | null | send the training set",
            "lr0.05-seed7 | lr0.05-seed7 | lr0.05-seed7 step 0: linearise",
            "lr0.05-seed7 | lr0.05-seed7-rank2-bulk | lr0.05-seed7-rank2-bulk step 3: linearise")
        .anyMatch(
            name ->
                name.startsWith("lr0.05-seed7 | lr0.05-seed7 | lr0.05-seed7 step 2: product with"));
  }

  /** Vectors at each pause lie in files, which the driver writes or the executors. */
  @ParameterizedTest
  @EnumSource
  void tellsTheSameHoweverOftenItPauses(VectorPlacement vectors) {
    Placement placement =
        new Placement.DataParallel(3, Reduction.ORDERED, vectors, DeviceChoice.AUTO);
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      List<TrialSummary> whole = run(placement, "whole");
      List<TrialSummary> pausing = run(placement, Duration.ZERO, "pausing");
      assertThat(pausing)
          .usingRecursiveComparison()
          .ignoringFieldsMatchingRegexes(".*seconds")
          .withComparatorForType(Double::compare, Double.class)
          .isEqualTo(whole);
      assertThat(folder.resolve("pausing/checkpoints")).doesNotExist();
      assertThat(JavaSparkContext.fromSparkContext(spark.sparkContext()).getPersistentRDDs())
          .isEmpty();
    }
  }

  private static void assertSame(TrialSummary found, TrialSummary expected) {
    assertThat(found.trial()).isEqualTo(expected.trial());
    assertThat(found.status()).isEqualTo(expected.status());
    assertThat(found.switchStep()).isEqualTo(expected.switchStep());
    assertThat(found.divergedStep()).isEqualTo(expected.divergedStep());
    assertThat(found.finalStep()).isEqualTo(expected.finalStep());
    if (expected.finalStep() >= 0) {
      // Four steps of float64, which a sum in another order moves by some ten roundoffs each. A
      // space is found to 1e-4, its square counts in a projection, and rounding decides where
      // within that it lies.
      double same = found.trial().branch().projects() ? 1e-8 : 1e-13;
      assertThat(found.finalTrainLoss()).isCloseTo(expected.finalTrainLoss(), within(same));
      assertThat(found.finalTestLoss()).isCloseTo(expected.finalTestLoss(), within(same));
    }
  }
}
