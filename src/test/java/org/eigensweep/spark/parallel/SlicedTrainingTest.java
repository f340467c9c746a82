package org.eigensweep.spark.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.array.Precision;
import org.eigensweep.data.Split;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.experiment.walk.Whole;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.spark.sliced.StoredBlock;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.training.OptimizerSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the driver holds of a trial whose vectors lie in slices. */
@Tag("slow")
class SlicedTrainingTest {
  private static final Split DIGITS = new GeneratedDigits(20, 5, 1).load(new Configuration());
  private static final int RANK = 1;
  private static final Trunk TRUNK =
      new Trunk(0.05, 3, List.of(RANK), List.of(Continuation.DOMINANT));

  @TempDir private Path folder;

  private static NetworkProblem problem(int width) {
    return new NetworkProblem(
        new NetworkSettings(
            new Mlp(List.of(width), Activation.TANH, Initialization.PYTORCH),
            Loss.MSE,
            1e-3,
            Precision.FLOAT32,
            new PassSettings(16L << 20, 1L << 30, 1000)),
        DIGITS);
  }

  private static Protocol protocol() {
    return new Protocol(
        new TrainingPlan(
            OptimizerSettings.SGD,
            new WarmUp(0, 1, 2),
            new Batches.Shuffled(10),
            1,
            new SwitchRule.AtStep(0)),
        new Following(
            new SolverSettings(2, 0.1, Which.LARGEST, 20),
            1e-3,
            new Measuring(1, LossChange.FULL, List.of(1), 2)));
  }

  /**
   * Threads that made arrays of some bytes or more, for a trunk and a branch. Such arrays never fit
   * what a thread sets aside for its objects, and Java notes each that does not.
   */
  private Set<String> makersOfLargeArrays(int width, long bytes) throws IOException {
    Path file = folder.resolve("allocations.jfr");
    // Spark makes a block for every stage, however little it holds
    SparkConf settings = Subject.settings("local[2]").set("spark.broadcast.blockSize", "64k");
    try (Recording recording = new Recording();
        JavaSparkContext spark = new JavaSparkContext(settings);
        SpreadTraining training =
            VectorPlacement.SLICED.spread(
                spark, protocol(), problem(width), 2, Reduction.ORDERED, DeviceChoice.AUTO)) {
      recording.enable("jdk.ObjectAllocationOutsideTLAB");
      recording.start();
      run(training);
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getLong("allocationSize") >= bytes)
        .map(event -> event.getThread().getJavaName())
        .collect(Collectors.toSet());
  }

  private void run(SpreadTraining training) {
    String snapshots = folder.toUri().toString();
    try (TrialRunner runner = training.open(snapshots, purpose -> {})) {
      SwitchState at = Whole.trunk(runner, TRUNK).switches().get(RANK);
      assertThat(at.theta()).isInstanceOf(StoredBlock.class);
      assertThat(at.space().basis()).isInstanceOf(StoredBlock.class);
      Trial trial = TRUNK.trials().get(0);
      assertThat(Whole.branch(runner, trial, at).status()).isEqualTo(Status.COMPLETED);
    }
  }

  /**
   * In local mode the driver and its executor are one process, but tasks have threads of theirs.
   */
  @Test
  void tasksAloneHoldVectors() throws IOException {
    int width = 1000;
    int parameters = (784 + 1 + 10) * width + 10;
    long quarter = parameters; // of a vector of float32
    assertThat(makersOfLargeArrays(width, quarter))
        .isNotEmpty()
        .allMatch(thread -> thread.startsWith("Executor task launch worker"));
  }
}
