package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of the packaged job that are told to write into one folder. */
class DriversIT {
  private static final Pattern RUNNING = Pattern.compile("running (6) trials");

  @TempDir private Path first;
  @TempDir private Path second;

  private ChildProcess start(Path folder, Path conf) {
    String output = "output=" + first.resolve("out");
    return Submission.local(folder).start("run", conf.toString(), "--set", output);
  }

  @Test
  void theSecondRefusesWhileTheFirstLives() throws IOException {
    Path conf = Files.writeString(first.resolve("small.conf"), SmallSweep.CONF);
    try (ChildProcess holder = start(first, conf)) {
      holder.await(RUNNING);
      holder.hold(); // its sweep may take less than another driver takes to start
      try (ChildProcess late = start(second, conf)) {
        assertThat(late.status()).as(late.tail()).isEqualTo(2);
        assertThat(late.log().lines().filter(line -> line.startsWith("eigensweep: ")))
            .singleElement()
            .asString()
            .matches(
                "eigensweep: .*/out is in use by a driver on .*, process %d, since .*"
                    .formatted(holder.pid()));
        assertThat(late.log()).doesNotContain("running");
      }
      holder.release();
      assertThat(holder.alive()).as("the first one goes on").isTrue();
    } // SIGKILL
    try (ChildProcess heir = start(second, conf)) {
      assertThat(heir.status()).as(heir.tail()).isZero();
    }
    assertThat(first.resolve("out")).isDirectoryNotContaining("glob:**/*_driver-*");
  }
}
