package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged job on YARN, over HDFS. */
class YarnIT {
  @TempDir private Path folder;

  private static void run(Submission submission, Path conf, String output) {
    try (ChildProcess driver =
        submission.start("run", conf.toString(), "--set", "output=\"" + output + "\"")) {
      assertThat(driver.status()).as(driver.tail()).isZero();
    }
  }

  @Test
  void givesTheNumbersOfLocalModeOnTwoExecutors() throws IOException {
    Path conf = Files.writeString(folder.resolve("small.conf"), SmallSweep.CONF);
    String here = folder.resolve("out").toString();
    run(Submission.local(folder), conf, here);
    try (HadoopCluster hadoop = HadoopCluster.yarn(folder);
        Tables tables = new Tables()) {
      Submission submission = Submission.yarn(hadoop.configuration(), folder);
      String there = hadoop.address().resolve("/results").toString();
      run(submission, conf, there);
      assertThat(tables.read(there)).isEqualTo(tables.read(here));
      assertThat(submission.lastExecutors()).containsExactlyInAnyOrder("1", "2");
    }
  }
}
