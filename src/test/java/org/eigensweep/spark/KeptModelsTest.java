package org.eigensweep.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.eigensweep.array.Precision;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.NetworkSource;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.Blueprint;
import org.eigensweep.network.FileBlueprint;
import org.eigensweep.network.FileNetworks;
import org.eigensweep.network.PresetBlueprint;
import org.eigensweep.network.Samples;
import org.eigensweep.network.archive.ModelKind;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.eigensweep.network.dl4j.Dl4jModel;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Weights;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.parallel.Reduction;
import org.eigensweep.spark.parallel.VectorPlacement;
import org.eigensweep.spark.run.Placement;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.training.OptimizerSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

/** Parameters that a sweep leaves as networks, on every placement, however often it pauses. */
@Tag("slow")
class KeptModelsTest {
  private static final GeneratedDigits DIGITS = new GeneratedDigits(60, 20, 1);
  private static final int SWITCH = 1;
  private static final int LAST = 2;

  @TempDir private Path folder;

  static Stream<Placement> placements() {
    return Stream.of(
        new Placement.TrialPerTask(DeviceChoice.AUTO),
        new Placement.DataParallel(2, Reduction.ORDERED, VectorPlacement.DRIVER, DeviceChoice.AUTO),
        new Placement.DataParallel(
            2, Reduction.ORDERED, VectorPlacement.SLICED, DeviceChoice.AUTO));
  }

  /** 784-4-10, with weights of its own. */
  private static Blueprint ofFile() {
    byte[] zip =
        FileNetworks.zip(
            FileNetworks.network(
                FileNetworks.builder()
                    .l2(0.01)
                    .list()
                    .layer(
                        new DenseLayer.Builder()
                            .nIn(784)
                            .nOut(4)
                            .activation(Activation.TANH)
                            .build())
                    .layer(FileNetworks.softmax(4, 10))
                    .build()));
    return FileBlueprint.read("net", zip, ModelKind.ZIP, Weights.SAVED, DIGITS, Samples.PASSES);
  }

  private static Blueprint preset(Loss loss) {
    return new PresetBlueprint(
        new Mlp(List.of(4), org.eigensweep.network.preset.Activation.TANH, Initialization.PYTORCH),
        loss,
        0.01);
  }

  private static Sweep sweep(Blueprint blueprint, Precision precision, List<Integer> keptSteps) {
    TrainingPlan plan =
        new TrainingPlan(
            OptimizerSettings.SGD,
            new WarmUp(0, 1, 2),
            new Batches.Shuffled(10),
            LAST,
            new SwitchRule.AtStep(SWITCH));
    Following following =
        new Following(
            new SolverSettings(2, 1e-4, Which.LARGEST, 500), 0, Measuring.every(LAST), keptSteps);
    return new Sweep(
        "kept",
        new NetworkSource(new NetworkSettings(blueprint, precision, Samples.PASSES), DIGITS),
        new Protocol(plan, following),
        List.of(0.05),
        List.of(7L),
        List.of(2),
        List.of(Continuation.PLAIN, Continuation.BULK));
  }

  private List<TrialSummary> run(
      Sweep sweep, Placement placement, Duration checkpoints, String output) {
    return SweepJob.run(
            sweep,
            sweep.problem().load(new Configuration()),
            placement,
            folder.resolve(output).toString(),
            checkpoints,
            Map.of("settings", "{}"),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
        .trials();
  }

  private static SparkSession spark() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .getOrCreate();
  }

  /** Name without the hash → content. */
  private Map<String, byte[]> models(String output) {
    Map<String, byte[]> models = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder.resolve(output).resolve("models"))) {
      for (Path file : files.toList()) {
        models.put(
            file.getFileName().toString().replaceFirst("-[0-9a-f]{12}-", "-"),
            Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return models;
  }

  private Path file(String output, String trial, int step) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(output).resolve("models"))) {
      return files
          .filter(
              file ->
                  file.getFileName()
                      .toString()
                      .matches(trial + "-[0-9a-f]{12}-step" + step + "\\.zip"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** DL4J's own reader and its own score, the L2 term included. */
  private static double score(Path zip) throws IOException {
    MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(zip.toFile());
    Dl4jModel model = Dl4jModel.of(network);
    Dataset train = DIGITS.loadTraining(new Configuration());
    Dl4jExamples examples = Dl4jExamples.of(model, train);
    int[] all = IntStream.range(0, train.examples()).toArray();
    return model.score(examples.labels(all), examples.inputs(all)) + model.regularization();
  }

  @ParameterizedTest
  @MethodSource("placements")
  void everyTrialLeavesItsPoints(Placement placement) throws IOException {
    Sweep sweep = sweep(ofFile(), Precision.FLOAT64, List.of(0, SWITCH, LAST));
    List<TrialSummary> trials;
    SparkSession spark = spark();
    try {
      trials = run(sweep, placement, Duration.ZERO, "pausing");
      if (placement instanceof Placement.TrialPerTask) {
        run(sweep, placement, Duration.ofMinutes(1), "whole");
      }
    } finally {
      spark.stop();
    }
    Map<String, byte[]> models = models("pausing");
    assertThat(models.keySet())
        .containsExactly(
            "lr0.05-seed7-rank2-bulk-step0.zip",
            "lr0.05-seed7-rank2-bulk-step1.zip",
            "lr0.05-seed7-rank2-bulk-step2.zip",
            "lr0.05-seed7-rank2-plain-step0.zip",
            "lr0.05-seed7-rank2-plain-step1.zip",
            "lr0.05-seed7-rank2-plain-step2.zip");
    if (placement instanceof Placement.TrialPerTask) { // a file is made in one way by all
      Map<String, byte[]> whole = models("whole");
      models.forEach((name, bytes) -> assertThat(whole.get(name)).as(name).isEqualTo(bytes));
      assertThat(whole).hasSameSizeAs(models);
    }
    for (int step : List.of(0, SWITCH)) { // the trunk's
      assertThat(models.get("lr0.05-seed7-rank2-bulk-step%d.zip".formatted(step)))
          .isEqualTo(models.get("lr0.05-seed7-rank2-plain-step%d.zip".formatted(step)));
    }
    assertThat(models.get("lr0.05-seed7-rank2-bulk-step2.zip"))
        .isNotEqualTo(models.get("lr0.05-seed7-rank2-plain-step2.zip"));
    for (TrialSummary trial : trials) {
      // Means of 60 losses of about 2, rounded at 1e-16.
      assertThat(score(file("pausing", trial.trial().id(), LAST)))
          .isCloseTo(trial.finalTrainLoss(), within(1e-12));
      assertThat(score(file("pausing", trial.trial().id(), SWITCH)))
          .isCloseTo(trial.switchTrainLoss(), within(1e-12));
    }
    assertThat(folder.resolve("pausing/checkpoints")).doesNotExist();
  }

  @Test
  void keepingChangesNoNumberAndPresetsAreKeptToo() throws IOException {
    Placement tasks = new Placement.TrialPerTask(DeviceChoice.AUTO);
    Blueprint preset = preset(Loss.CROSS_ENTROPY);
    Sweep keeping = sweep(preset, Precision.FLOAT32, List.of(2));
    List<TrialSummary> kept;
    List<TrialSummary> plain;
    SparkSession spark = spark();
    try {
      kept = run(keeping, tasks, Duration.ofMinutes(1), "kept");
      plain = run(sweep(preset, Precision.FLOAT32, List.of()), tasks, Duration.ZERO, "plain");
    } finally {
      spark.stop();
    }
    assertThat(folder.resolve("plain/models")).doesNotExist();
    assertThat(kept)
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*seconds")
        .isEqualTo(plain);
    assertThat(score(file("kept", "lr0.05-seed7-rank2-bulk", 2))).isBetween(1.0, 4.0);
    // Who asks for more of finished trials is told that they do not run again.
    Sweep more = sweep(preset, Precision.FLOAT32, List.of(1, 2));
    assertThatThrownBy(() -> run(more, tasks, Duration.ZERO, "kept"))
        .isInstanceOf(OutputException.class)
        .hasMessage(
            "lr0.05-seed7-rank2-plain is finished in %s without the model of step 1: a finished trial does not run again; set eigensweep.output to another folder, or leave the step out of eigensweep.measure.save-models"
                .formatted(folder.resolve("kept")));
  }
}
