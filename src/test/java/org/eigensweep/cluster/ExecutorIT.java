package org.eigensweep.cluster;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.cluster.GpuHolder.Held;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What executors of a real cluster have: their memory, and GPUs that a script pretends. */
class ExecutorIT {
  private static final String TASK = "spark.task.resource.gpu.amount";
  private static final String EXECUTOR = "spark.executor.resource.gpu.amount";

  @TempDir private static Path shared;
  private static StandaloneCluster cluster;

  @TempDir private Path folder;

  /** Besides two workers without GPUs, one of four cores and two GPUs. */
  @BeforeAll
  static void start() throws IOException {
    Path script =
        Files.writeString(
            shared.resolve("gpus"),
            "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Path properties =
        Files.writeString(
            shared.resolve("worker.properties"),
            """
            spark.worker.resource.gpu.amount 2
            spark.worker.resource.gpu.discoveryScript %s
            """
                .formatted(script));
    cluster = StandaloneCluster.start(shared);
    cluster.addWorker(
        "gpus-worker", "127.0.0.1", "--cores", "4", "--properties-file", properties.toString());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  /** A driver in this process, whose executors find our classes where the build left them. */
  private static JavaSparkContext driver() {
    Path target = ChildProcess.target();
    String classes =
        "%s:%s:%s/*"
            .formatted(
                target.resolve("classes"), target.resolve("test-classes"), target.resolve("lib"));
    return new JavaSparkContext(
        new SparkConf()
            .setMaster(cluster.master())
            .setAppName("executors")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.ui.enabled", "false")
            .set("spark.executor.extraClassPath", classes)
            .set("spark.executor.memory", "512m")
            .set(EXECUTOR, "2")
            .set(TASK, "1"));
  }

  @Test
  void tasksQueueForGpusAndNeverShareOne() {
    try (JavaSparkContext spark = driver()) {
      List<Held> held = spark.parallelize(List.of(1, 2, 3, 4), 4).map(new GpuHolder()).collect();
      assertThat(held).hasSize(4).extracting(Held::gpu).contains(0, 1);
      for (Held one : held) {
        assertThat(held.stream().filter(other -> other.gpu() == one.gpu() && other.meets(one)))
            .as("tasks on GPU %d while one had it", one.gpu())
            .containsExactly(one);
      }
      // Four cores, so it is the GPUs that let two tasks wait, and no more than two.
      assertThat(held).allSatisfy(one -> assertThat(held.stream().filter(one::meets)).hasSize(2));
    }
  }

  @Test
  void aGpuWithoutItsDriverEndsATask() {
    try (JavaSparkContext spark = driver()) {
      assertThatThrownBy(() -> spark.parallelize(List.of(1), 1).map(new SeatTaker()).collect())
          .hasMessageContaining("GpuException: Spark gave GPU ")
          .hasMessageContaining(" to this task, but no libcuda.so.1 is found: needed is");
    }
  }

  @Test
  void aSweepThatCannotHaveGpusDoesNotStart() throws IOException {
    Submission submission =
        Submission.standalone(cluster, folder).set(TASK, "1").set(EXECUTOR, "2");
    try (ChildProcess driver = start(submission, "--set", "array.device=cpu")) {
      assertThat(driver.status()).isEqualTo(2);
      assertThat(driver.log())
          .contains(
              "eigensweep: array.device is cpu and spark.task.resource.gpu.amount is 1, expected"
                  + " one of the two: leave the other out")
          .doesNotContain("running");
    }
  }

  @Test
  void eachExecutorSaysOnceHowLargeItMayBecome() throws IOException {
    try (ChildProcess driver = start(Submission.standalone(cluster, folder))) {
      assertThat(driver.status()).as(driver.tail()).isZero();
    }
    List<Path> logs = executorsOfLastApplication();
    assertThat(logs).hasSize(2);
    for (Path log : logs) {
      assertThat(Files.readAllLines(log).stream().filter(line -> line.contains("native storage")))
          .singleElement()
          .asString()
          .endsWith(
              "executor %s: heap 512 MiB, native storage up to 512 MiB, process up to 1024 MiB, 1 thread a task"
                  .formatted(log.getParent().getFileName()));
    }
  }

  private ChildProcess start(Submission submission, String... words) throws IOException {
    Path conf = Files.writeString(folder.resolve("small.conf"), SmallSweep.CONF);
    List<String> all = new ArrayList<>(List.of("run", conf.toString()));
    all.addAll(List.of("--set", "output=" + folder.resolve("out")));
    all.addAll(List.of(words));
    return submission.start(all.toArray(String[]::new));
  }

  /** What its executors wrote, each in a folder with its number, in a folder of the application. */
  private static List<Path> executorsOfLastApplication() throws IOException {
    try (Stream<Path> files = Files.walk(shared)) {
      Map<Path, List<Path>> logs =
          files
              .filter(file -> file.endsWith("stderr"))
              .collect(groupingBy(file -> file.getName(file.getNameCount() - 3)));
      return logs.get(Collections.max(logs.keySet())); // Spark numbers them in order
    }
  }
}
