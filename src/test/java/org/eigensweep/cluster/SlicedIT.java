package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @TempDir private Path folder;

  private String run(Submission submission, String name, String... more) throws IOException {
    Path conf = Files.writeString(folder.resolve("small.conf"), SmallSweep.CONF);
    String output = folder.resolve(name).toString();
    List<String> words =
        new ArrayList<>(List.of("run", conf.toString(), "--set", "output=" + output));
    words.addAll(List.of(SHORT));
    words.addAll(List.of(more));
    try (ChildProcess driver = submission.start(words.toArray(String[]::new))) {
      assertThat(driver.status()).as(driver.tail()).isZero();
    }
    return output;
  }

  private static double loss(Tables tables, String output) {
    return Double.parseDouble(tables.distinct(output, "final_train_loss").get(0));
  }

  /** Sums come in another order, so after four steps losses differ by some float32 roundoffs. */
  @Test
  void givesTheLossOfLocalModeOnTwoExecutors() throws IOException {
    try (Tables tables = new Tables();
        StandaloneCluster cluster = StandaloneCluster.start(folder)) {
      double expected = loss(tables, run(Submission.local(folder), "whole"));
      Submission submission = Submission.standalone(cluster, folder);
      String output =
          run(
              submission,
              "sliced",
              "--set",
              "spark.placement=data-parallel",
              "--set",
              "spark.partitions=2",
              "--set",
              "spark.vectors=sliced");
      assertThat(loss(tables, output)).isCloseTo(expected, within(1e-5 * expected));
      assertThat(submission.lastExecutors()).containsExactlyInAnyOrder("0", "1");
    }
  }
}
