package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eigensweep.array.cuda.FakeCard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on a card that is pretended: its own kernels run on the processor. */
class CardIT {
  private static final String LIBRARIES = "EIGENSWEEP_CUDA_LIBRARIES";
  private static final Comparator<Double> CLOSE =
      (a, b) -> Math.abs(a - b) < 1e-5 ? 0 : Double.compare(a, b);

  @TempDir private static Path shared;
  private static StandaloneCluster cluster;
  private static Tables tables;

  @TempDir private Path folder;

  /** Besides two workers without GPUs, one that has a GPU to give. */
  @BeforeAll
  static void start() throws IOException {
    FakeCard.folder(); // skips all where it cannot be built
    Path script = shared.resolve("gpus");
    Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\"]}'\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Path properties =
        Files.writeString(
            shared.resolve("worker.properties"),
            """
            spark.worker.resource.gpu.amount 1
            spark.worker.resource.gpu.discoveryScript %s
            """
                .formatted(script));
    tables = new Tables();
    cluster = StandaloneCluster.start(shared);
    cluster.addWorker(
        "gpu-worker", "127.0.0.1", "--cores", "1", "--properties-file", properties.toString());
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
      tables.close();
    }
  }

  private Submission onTheCluster() {
    return Submission.standalone(cluster, folder)
        .set("spark.cores.max", "1")
        .set("spark.executor.resource.gpu.amount", "1")
        .set("spark.task.resource.gpu.amount", "1");
  }

  private ChildProcess start(Submission submission, String output, String... words)
      throws IOException {
    Path conf = Files.writeString(folder.resolve("small.conf"), SmallSweep.CONF);
    List<String> all = new ArrayList<>(List.of("run", conf.toString(), "--set"));
    all.add("output=" + folder.resolve(output));
    // A pretended card is slow.
    for (String setting : List.of("sweep.learning-rates=[0.1]", "training.steps=6")) {
      all.addAll(List.of("--set", setting));
    }
    all.addAll(List.of("--set", "training.switch.step=3"));
    all.addAll(List.of(words));
    return submission.start(all.toArray(String[]::new));
  }

  private String run(Submission submission, String output, String... words) throws IOException {
    try (ChildProcess driver = start(submission, output, words)) {
      assertThat(driver.status()).as(driver.tail()).isZero();
    }
    return folder.resolve(output).toString();
  }

  /** The same card gives the same bits, and a processor others that are close. */
  @Test
  void trialsComputeOnTheGpuThatSparkGivesThem() throws IOException {
    String card = FakeCard.folder().toString();
    String spark = run(onTheCluster().set("spark.executorEnv." + LIBRARIES, card), "spark");
    String here =
        run(Submission.local(folder).with(LIBRARIES, card), "here", "--set", "array.device=cuda");
    String processor = run(Submission.local(folder), "processor");
    assertThat(tables.read(spark))
        .isEqualTo(tables.read(here))
        .isNotEqualTo(tables.read(processor));
    // float32's rounding, through six steps
    assertThat(losses(here)).usingElementComparator(CLOSE).isEqualTo(losses(processor));
  }

  private static List<Double> losses(String output) {
    return tables.distinct(output, "final_train_loss").stream()
        .map(Double::valueOf)
        .sorted()
        .toList();
  }

  @Test
  void aNodeWithoutCudaFailsItsTrialsWithALine() throws IOException {
    try (ChildProcess driver = start(onTheCluster(), "out")) {
      assertThat(driver.status()).isNotZero();
      assertThat(driver.log())
          .contains("Spark gave GPU 0 to this task, but no libcuda.so.1 is found: needed is")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aMachineWithoutCudaIsNotAskedForIt() throws IOException {
    try (ChildProcess driver =
        start(Submission.local(folder), "out", "--set", "array.device=cuda")) {
      assertThat(driver.status()).isEqualTo(2);
      assertThat(driver.log())
          .contains(
              "eigensweep: array.device is cuda, but no libcuda.so.1 is found: needed is NVIDIA's"
                  + " driver; set it to auto or cpu to compute on the processor")
          .doesNotContain("running");
    }
  }
}
