package org.eigensweep.spark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eigensweep.spark.task.DeviceChoice.AUTO;
import static org.eigensweep.spark.task.DeviceChoice.CPU;
import static org.eigensweep.spark.task.DeviceChoice.CUDA;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpuRequestTest {
  private static final String TASK = "spark.task.resource.gpu.amount";
  private static final String EXECUTOR = "spark.executor.resource.gpu.amount";
  private static final String SCRIPT = "spark.executor.resource.gpu.discoveryScript";

  private final SparkConf settings = new SparkConf(false);

  @TempDir private Path folder;

  @BeforeEach
  void askForAGpuATrial() {
    settings.set("spark.master", "spark://host:7077").set(TASK, "1").set(EXECUTOR, "2");
  }

  private void refuses(DeviceChoice choice, String message) {
    assertThatThrownBy(() -> GpuRequest.check(settings, choice))
        .isInstanceOf(GpuException.class)
        .hasMessage(message);
  }

  private void accepts() {
    assertThatCode(() -> GpuRequest.check(settings, AUTO)).doesNotThrowAnyException();
    assertThatCode(() -> GpuRequest.check(settings, CUDA)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "spark://host:7077", "yarn"})
  void noGpusAreFine(String master) {
    settings.remove(TASK).remove(EXECUTOR).set("spark.master", master);
    assertThatCode(() -> GpuRequest.check(settings, AUTO)).doesNotThrowAnyException();
    assertThatCode(() -> GpuRequest.check(settings, CPU)).doesNotThrowAnyException();
  }

  @Test
  void gpusOfAClusterComeFromSpark() {
    settings.remove(TASK).remove(EXECUTOR);
    refuses(
        CUDA,
        "array.device is cuda on spark.master spark://host:7077 without spark.executor.resource.gpu.amount, expected both: a cluster's GPUs are Spark's to give, so set that to the GPUs of an executor, and spark.task.resource.gpu.amount to 1");
  }

  @Test
  void processorsNeedNoGpus() {
    refuses(
        CPU,
        "array.device is cpu and spark.task.resource.gpu.amount is 1, expected one of the two: leave the other out");
    accepts();
  }

  @Test
  void executorsNeedGpusToGiveThemToTasks() {
    settings.remove(EXECUTOR);
    refuses(
        CUDA,
        "spark.task.resource.gpu.amount is 1 without spark.executor.resource.gpu.amount, expected"
            + " both: set the latter to the GPUs of an executor");
  }

  @Test
  void gpusOfExecutorsAreForTasks() {
    settings.remove(TASK);
    refuses(
        CUDA,
        "spark.executor.resource.gpu.amount is 2 without spark.task.resource.gpu.amount, expected"
            + " both: set the latter to 1, for a GPU a trial");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.0", "0.5", ".25", "0.05"})
  void trialsMayShareAGpu(String amount) {
    settings.set(TASK, amount);
    accepts();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "1.5", "0", "0.0", "-1", "one", ""})
  void aTrialComputesOnOneGpu(String amount) {
    settings.set(TASK, amount);
    refuses(
        CUDA,
        "spark.task.resource.gpu.amount is %s, expected 1, or less where trials shall share a GPU: a trial computes on one"
            .formatted(amount));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[*]"})
  void localModeHasNoGpusToGive(String master) {
    settings.set("spark.master", master);
    refuses(
        CUDA,
        "spark.task.resource.gpu.amount is 1 on spark.master %s, expected a cluster, since Spark has no GPUs to give in local mode: leave the setting out, array.device = auto takes the GPU of this machine"
            .formatted(master));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "k8s://https://host"})
  void containersLookForGpusThemselves(String master) {
    settings.set("spark.master", master);
    refuses(
        CUDA,
        "spark.executor.resource.gpu.amount is 2 without spark.executor.resource.gpu.discoveryScript, expected a program that lists the GPUs of a node: on YARN --conf spark.files=submit/gpus sends one, as ./gpus");
    settings.set(SCRIPT, "/opt/spark/gpus");
    accepts();
  }

  @Test
  void aPluginMayLookInstead() {
    settings.set("spark.master", "yarn").set("spark.resources.discoveryPlugin", "org.Plugin");
    accepts();
  }

  @Test
  void aScriptOfThisMachineMustBeAProgram() throws IOException {
    Path script = Files.createFile(folder.resolve("gpus"));
    settings.set("spark.master", "yarn").set(SCRIPT, script.toString());
    refuses(CUDA, "%s is %s, expected a program: chmod +x %s".formatted(SCRIPT, script, script));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    accepts();
  }

  @Test
  void aScriptOfTheJobMustTravel() {
    settings.set("spark.master", "yarn").set(SCRIPT, "./gpus").set("spark.files", "other,my-gpus");
    refuses(
        CUDA,
        "spark.executor.resource.gpu.discoveryScript is ./gpus, which no file of spark.files brings to the nodes, expected one: add --conf spark.files=submit/gpus");
    settings.set("spark.files", "other,submit/gpus");
    accepts();
    settings.remove("spark.files").set("spark.yarn.dist.files", "file:/job/my.sh#gpus");
    accepts();
  }

  @Test
  void whatAnExecutorKeepsStaysOnOneGpu() {
    assertThatThrownBy(() -> GpuRequest.requireOneAnExecutor(settings))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "spark.executor.resource.gpu.amount is 2, expected 1 where trials are data-parallel, since an executor keeps its part on its GPU: start an executor a GPU instead");
    settings.set(EXECUTOR, "1");
    GpuRequest.requireOneAnExecutor(settings);
    GpuRequest.requireOneAnExecutor(new SparkConf(false));
  }
}
