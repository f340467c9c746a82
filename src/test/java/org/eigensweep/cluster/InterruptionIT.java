package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep that is told to end while its tasks multiply matrices. */
class InterruptionIT {
  private static final Pattern STARTED = Pattern.compile("(\\d+ of \\d+ steps .*)");
  private static final Pattern DONE = Pattern.compile("(\\S+ is done)");

  @TempDir private Path folder;

  private ChildProcess start(String log) {
    // A build in the background ignores Ctrl-C, and so would all that it starts.
    return ChildProcess.start(
        folder.resolve(log),
        Map.of("EIGENSWEEP_MASTER", "local[2]"),
        List.of(
            "env",
            "--default-signal=INT",
            Path.of("submit", "local").toAbsolutePath().toString(),
            "run",
            "conf/quickstart.conf",
            "--set",
            "checkpoint.every=1s",
            "--set",
            "output=" + folder.resolve("out")));
  }

  private static void signal(ChildProcess process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
  }

  /** Java starts, and the classes are loaded, in fewer than eight. */
  private static long processorSeconds(ChildProcess process) {
    return ProcessHandle.of(process.pid())
        .flatMap(it -> it.info().totalCpuDuration())
        .map(Duration::toSeconds)
        .orElse(0L);
  }

  private static Stream<String> lines(ChildProcess process) {
    return process.log().lines().filter(line -> !line.isBlank());
  }

  /**
   * A process that has not ended by itself after four seconds is ended by the system's alarm, and
   * its status is 142 then.
   */
  @Test
  void saysWhatIsKeptAndGoesOnFromThere() throws Exception {
    try (ChildProcess process = start("first")) {
      process.await(DONE);
      signal(process, "TERM");
      assertThat(process.status()).as(process.tail()).isEqualTo(143);
      assertThat(lines(process))
          .noneMatch(line -> line.matches(".*(WARN|ERROR|\\tat |Exception).*"));
      assertThat(lines(process).reduce((a, b) -> b))
          .hasValueSatisfying(
              line ->
                  assertThat(line)
                      .matches(
                          "eigensweep: stopped: \\d of 12 trials (is|are) finished in \\S+/out,"
                              + " which has checkpoints of .*; the same command goes on from them"));
    }
    try (ChildProcess process = start("second")) {
      process.await(STARTED);
      signal(process, "INT");
      assertThat(process.status()).as(process.tail()).isEqualTo(130);
      assertThat(lines(process))
          .anyMatch(line -> line.matches("\\d of 12 trials were finished in .* are read back"))
          .anyMatch(line -> line.matches(".* branches go on from their checkpoints in .*"))
          .noneMatch(line -> line.matches(".*(WARN|ERROR|\\tat |Exception).*"));
    }
  }

  @Test
  void aCommandThatWritesNothingSaysThatItStopped() throws Exception {
    try (ChildProcess process =
        ChildProcess.start(
            folder.resolve("log"),
            Map.of(),
            List.of(
                Path.of("submit", "local").toAbsolutePath().toString(),
                "plan",
                "conf/quickstart.conf",
                "--probe",
                "600"))) {
      process.await("work", () -> processorSeconds(process) > 8 ? true : null);
      signal(process, "TERM");
      assertThat(process.status()).as(process.tail()).isEqualTo(143);
      assertThat(lines(process)).last().isEqualTo("eigensweep: stopped");
    }
  }
}
