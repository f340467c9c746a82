package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged job on a standalone cluster, undisturbed and disturbed. */
class StandaloneIT {
  /** Another attempt at a task that still runs. */
  private static final Pattern SECOND_ATTEMPT =
      Pattern.compile("\"SparkListenerTaskStart\".*\"Speculative\":true");

  private static final Pattern LOST_TASK =
      Pattern.compile("\"SparkListenerTaskEnd\".*\"Reason\":\"ExecutorLostFailure\"");

  private static final Pattern LOST_EXECUTOR = Pattern.compile("\"SparkListenerExecutorRemoved\"");

  /** No part of these trials takes so long. */
  private static final String WHOLE = "checkpoint.every=10 minutes";

  /** Several segments a part. */
  private static final String SEGMENTS = "checkpoint.every=50ms";

  @TempDir private static Path shared;
  private static StandaloneCluster cluster;
  private static Tables tables;
  private static Path conf;
  private static Map<String, List<String>> expected;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    conf = Files.writeString(shared.resolve("small.conf"), SmallSweep.CONF);
    tables = new Tables();
    expected = tables.read(run(Submission.local(shared), shared));
    cluster = StandaloneCluster.start(shared);
  }

  @AfterAll
  static void stop() {
    tables.close();
    cluster.close();
  }

  /** Runs the sweep to its end and returns the folder of its tables. */
  private static String run(Submission submission, Path folder) {
    return run(submission, folder, WHOLE);
  }

  private static String run(Submission submission, Path folder, String checkpoints) {
    String output = folder.resolve("out").toString();
    try (ChildProcess driver = start(submission, output, checkpoints)) {
      assertThat(driver.status()).as(driver.tail()).isZero();
    }
    return output;
  }

  private static ChildProcess start(Submission submission, String output, String checkpoints) {
    return submission.start(
        "run", conf.toString(), "--set", "output=" + output, "--set", checkpoints);
  }

  @Test
  void aggregatesAsLocalModeDoes() throws IOException {
    String sweep = shared.resolve("out").toString();
    Path apart = folder.resolve("apart");
    Path here = folder.resolve("here");
    aggregate(Submission.standalone(cluster, folder), sweep, apart);
    aggregate(Submission.local(folder), sweep, here);
    for (String table : List.of("by_step.csv", "differences.csv", "losses_reached.csv")) {
      assertThat(Files.readString(apart.resolve(table)))
          .contains("small,")
          .isEqualTo(Files.readString(here.resolve(table)));
    }
  }

  private static void aggregate(Submission submission, String sweep, Path output) {
    try (ChildProcess driver =
        submission.start("aggregate", sweep, "--output", output.toString())) {
      assertThat(driver.status()).as(driver.tail()).isZero();
    }
  }

  @Test
  void givesTheNumbersOfLocalModeOnTwoExecutors() {
    Submission submission = Submission.standalone(cluster, folder);
    String output = run(submission, folder);
    assertThat(tables.read(output)).isEqualTo(expected);
    assertThat(tables.distinct(output, "host")).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2");
    assertThat(submission.lastExecutors()).containsExactlyInAnyOrder("0", "1");
  }

  @Test
  void doublesNothingWhereTasksRunTwiceAtATime() {
    Submission submission =
        Submission.standalone(cluster, folder)
            .set("spark.speculation", "true")
            .set("spark.speculation.interval", "50ms")
            // A task that is alone in its stage is doubled after this time.
            .set("spark.speculation.task.duration.threshold", "100ms");
    String output = run(submission, folder);
    assertThat(submission.lastEvents()).anyMatch(SECOND_ATTEMPT.asPredicate());
    assertThat(tables.read(output)).isEqualTo(expected);
  }

  @Test
  void losesNothingWithATaskAndItsExecutor() {
    // Behind the trunks: a branch runs, which takes a while.
    assertThat(killExecutor(2, WHOLE)).anyMatch(LOST_TASK.asPredicate());
  }

  /** Repeated, since the moment matters: in a trunk, between tasks, in a branch. */
  @RepeatedTest(2)
  void losesNothingWithAnExecutor() {
    assertThat(killExecutor(ThreadLocalRandom.current().nextInt(4), WHOLE))
        .anyMatch(LOST_EXECUTOR.asPredicate());
  }

  @Test
  void losesASegmentWithAnExecutor() {
    // Behind more tasks than there are trunks and branches, were they not in segments.
    assertThat(killExecutor(9, SEGMENTS)).anyMatch(LOST_EXECUTOR.asPredicate());
  }

  /** Kills an executor when so many tasks have ended, and returns what Spark noted. */
  private List<String> killExecutor(int after, String checkpoints) {
    Submission submission = Submission.standalone(cluster, folder);
    String output = folder.resolve("out").toString();
    try (ChildProcess driver = start(submission, output, checkpoints)) {
      String executor = new SparkPage(driver.await(SparkPage.ADDRESS)).busyExecutor(driver, after);
      System.out.printf("executor %s is killed after %d tasks%n", executor, after);
      assertThat(cluster.executor(executor).destroyForcibly()).isTrue(); // SIGKILL
      assertThat(driver.status()).as(driver.tail()).isZero();
    }
    assertThat(tables.read(output)).isEqualTo(expected);
    return submission.lastEvents();
  }

  @Test
  void runsNoTrunkAgainThatWasKept() {
    Path output = folder.resolve("out");
    try (ChildProcess driver =
        start(Submission.standalone(cluster, folder), output.toString(), WHOLE)) {
      driver.await("a kept trunk", () -> KeptPart.in(output, "lr0.1-seed0"));
    }
    Submission again = Submission.standalone(cluster, folder);
    assertThat(tables.read(run(again, folder))).isEqualTo(expected);
    assertThat(again.lastEvents())
        .noneMatch(event -> event.contains("\"trunk lr0.1-seed0\""))
        .anyMatch(event -> event.contains("\"branch lr0.1-seed0-rank5-bulk\""));
    assertThat(output.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void goesOnWithinABranchAfterTheDriverWasKilled() {
    Path output = folder.resolve("out");
    String branch = "lr0.1-seed0-rank5-bulk";
    try (ChildProcess driver =
        start(Submission.standalone(cluster, folder), output.toString(), SEGMENTS)) {
      driver.await("a branch that paused", () -> KeptPart.in(output, branch));
    } // SIGKILL
    try (ChildProcess heir =
        start(Submission.standalone(cluster, folder), output.toString(), SEGMENTS)) {
      assertThat(heir.status()).as(heir.tail()).isZero();
      assertThat(heir.log()).containsPattern("[1-6] of 6 branches go on from their checkpoints");
    }
    assertThat(tables.read(output.toString())).isEqualTo(expected);
    assertThat(output.resolve("checkpoints")).doesNotExist();
  }

  /** Repeated, since the moment matters: while executors start, in a trunk, while a table moves. */
  @RepeatedTest(3)
  void goesOnAfterTheDriverWasKilled() {
    Submission submission = Submission.standalone(cluster, folder);
    String output = folder.resolve("out").toString();
    try (ChildProcess driver = start(submission, output, SEGMENTS)) {
      driver.await(SparkPage.ADDRESS);
      long delay = ThreadLocalRandom.current().nextLong(25_000);
      System.out.printf("the driver is killed %d ms after its start%n", delay);
      driver.sleep(Duration.ofMillis(delay));
    }
    assertThat(tables.read(run(submission, folder, SEGMENTS))).isEqualTo(expected);
  }
}
