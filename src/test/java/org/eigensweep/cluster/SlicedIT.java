package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trial whose vectors lie in slices on two executors, and the same trial in one process. */
class SlicedIT {
  private static final String[] SHORT = {
    "--set", "training.steps=4",
    "--set", "training.switch.step=2",
    "--set", "training.rules=[bulk]",
    "--set", "sweep.learning-rates=[0.1]",
    "--set", "eigenspace.pairs=2",
    "--set", "sweep.ranks=[2]"
  };
  private static final String[] SLICED = {
    "--set", "spark.placement=data-parallel",
    "--set", "spark.partitions=2",
    "--set", "spark.vectors=sliced"
  };

  /** Sliced, and no part pauses. */
  private static final String[] WHOLE = with(SLICED, "--set", "checkpoint.every=10 minutes");

  @TempDir private static Path shared;
  private static StandaloneCluster cluster;
  private static Tables tables;
  private static Path conf;
  private static double sliced;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    conf = Files.writeString(shared.resolve("small.conf"), SmallSweep.CONF);
    tables = new Tables();
    cluster = StandaloneCluster.start(shared);
    Submission submission = Submission.standalone(cluster, shared);
    sliced = loss(submission, shared.resolve("sliced"), SLICED);
    assertThat(submission.lastExecutors()).containsExactlyInAnyOrder("0", "1");
  }

  @AfterAll
  static void stop() {
    tables.close();
    cluster.close();
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }

  private static ChildProcess start(Submission submission, Path output, String... more) {
    List<String> words =
        new ArrayList<>(List.of("run", conf.toString(), "--set", "output=" + output));
    words.addAll(List.of(SHORT));
    words.addAll(List.of(more));
    return submission.start(words.toArray(String[]::new));
  }

  /** Runs the sweep to its end and returns its trial's last loss. */
  private static double loss(Submission submission, Path output, String... more) {
    try (ChildProcess driver = start(submission, output, more)) {
      assertThat(driver.status()).as(driver.tail()).isZero();
    }
    return lastLoss(output);
  }

  private static double lastLoss(Path output) {
    return Double.parseDouble(tables.distinct(output.toString(), "final_train_loss").get(0));
  }

  /** Sums come in another order, so after four steps losses differ by some float32 roundoffs. */
  @Test
  void givesTheLossOfLocalModeOnTwoExecutors() {
    double expected = loss(Submission.local(folder), folder.resolve("whole"));
    assertThat(sliced).isCloseTo(expected, within(1e-5 * expected));
  }

  /**
   * A trial whose slices are lost goes on from its latest checkpoint. It has a checkpoint at each
   * step and steps enough, so that a machine of any speed still runs it when the executor dies.
   */
  @Test
  void losesNoTrialWithAnExecutor() {
    String[] longer = with(SLICED, "--set", "training.steps=8", "--set", "checkpoint.every=1ms");
    Path output = folder.resolve("out");
    Submission submission = Submission.standalone(cluster, folder);
    try (ChildProcess driver = start(submission, output, longer)) {
      driver.await("a checkpoint", () -> KeptPart.in(output, "lr0.1-seed0"));
      assertThat(cluster.executor("0").destroyForcibly()).isTrue(); // SIGKILL: it holds slices
      assertThat(driver.status()).as(driver.tail()).isZero();
    }
    assertThat(submission.lastEvents())
        .anyMatch(event -> event.contains("\"SparkListenerExecutorRemoved\""));
    String[] undisturbed = with(WHOLE, "--set", "training.steps=8");
    assertThat(lastLoss(output))
        .isEqualTo(
            loss(Submission.standalone(cluster, folder), folder.resolve("whole"), undisturbed));
  }

  /** The vectors at the switch outlive the driver and the executors that made them. */
  @Test
  void goesOnFromTheVectorsOfAKeptPart() {
    Path output = folder.resolve("out");
    Submission submission = Submission.standalone(cluster, folder);
    Path trunk;
    try (ChildProcess driver = start(submission, output, WHOLE)) {
      trunk = driver.await("a kept trunk", () -> KeptPart.in(output, "lr0.1-seed0"));
    } // SIGKILL
    assertThat(trunk.resolveSibling(trunk.getFileName() + ".vectors")).isNotEmptyDirectory();
    assertThat(loss(submission, output, SLICED)).isEqualTo(sliced);
    assertThat(submission.lastEvents())
        .noneMatch(event -> event.contains("\"lr0.1-seed0 step"))
        .anyMatch(event -> event.contains("\"lr0.1-seed0-rank2-bulk step"));
    assertThat(trunk.getParent()).doesNotExist();
  }
}
