package org.eigensweep.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void nameTheOutput() {
    output = folder.resolve("out");
  }

  @Test
  void badSettingsEndBeforeSparkStarts() throws IOException {
    Path conf = write("eigensweep { training.steps = -3 }");
    Captured captured = Captured.execute("run", conf.toString(), "--set", "output=" + output);
    assertThat(captured.err())
        .isEqualTo(
            "eigensweep: "
                + conf
                + ":1: eigensweep.training.steps: found -3, expected an integer"
                + " of at least 1; correct it, or leave it out for the default 3000\n");
    assertNothingHappened(captured);
  }

  @Test
  void badDataEndBeforeSparkStarts() throws IOException {
    Path conf =
        write(
            "eigensweep { data { kind = mnist, dir = \"%s\" } }".formatted(folder.resolve("none")));
    Captured captured = Captured.execute("run", conf.toString(), "--set", "output=" + output);
    assertThat(captured.err())
        .startsWith("eigensweep: ")
        .contains(folder.resolve("none").toString())
        .hasLineCount(1);
    assertNothingHappened(captured);
  }

  @Test
  void badArguments() {
    assertThat(Captured.execute())
        .isEqualTo(bad("Missing required subcommand; see eigensweep --help"));
    assertThat(Captured.execute("run"))
        .isEqualTo(bad("Missing required parameter: 'CONF'; see eigensweep run --help"));
    assertThat(Captured.execute("fly", "a.conf"))
        .isEqualTo(
            bad(
                "'fly' is no command, expected plan, run, report, aggregate, spectrum, export, data; see"
                    + " eigensweep --help"));
    assertThat(Captured.execute("reprot", "out"))
        .isEqualTo(
            bad(
                "'reprot' is no command, expected plan, run, report, aggregate, spectrum, export, data;"
                    + " did you mean report?; see eigensweep --help"));
    assertThat(Captured.execute("plan", "conf/quickstart.conf", "--wet"))
        .isEqualTo(bad("Unknown option: '--wet'; see eigensweep plan --help"));
    assertThat(Captured.execute("plan", "conf/quickstart.conf", "--prob=1"))
        .isEqualTo(
            bad("Unknown option: '--prob=1'; did you mean --probe?; see eigensweep plan --help"));
    assertThat(Captured.execute("plan", "conf/quickstart.conf", "--set"))
        .isEqualTo(
            bad(
                "Missing required parameter for option '--set' (KEY=VALUE); see eigensweep plan --help"));
    for (String seconds : List.of("-3.0", "NaN", "Infinity")) {
      assertThat(Captured.execute("plan", "conf/quickstart.conf", "--probe=" + seconds))
          .isEqualTo(
              bad(
                  "--probe: found %s, expected 0 seconds or more; see eigensweep plan --help"
                      .formatted(seconds)));
    }
    assertThat(Captured.execute("plan", "conf/quickstart.conf", "--set", "steps"))
        .isEqualTo(
            bad(
                "--set: found \"steps\", expected key=value; write for example training.steps=100"));
  }

  @Test
  void anUnexpectedFailureShowsItsTrace() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream broken =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
          @Override
          public void print(String text) {
            throw new IllegalStateException("broken pipe");
          }
        };
    Console console = new Console(broken, new PrintStream(err, true, StandardCharsets.UTF_8));
    assertThat(Main.execute(console, "plan", "conf/quickstart.conf")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith(
            "eigensweep: unexpected failure: java.lang.IllegalStateException: broken pipe\n")
        .contains("\tat org.eigensweep.app.PlanCommand");
  }

  @Test
  void helpAndVersion() {
    assertThat(Captured.execute("--help").out()).contains("plan", "run");
    for (String command :
        List.of("plan", "run", "report", "aggregate", "spectrum", "export", "data")) {
      assertThat(Captured.execute(command, "--help").out())
          .contains("Usage: eigensweep " + command)
          .containsSubsequence("Exit status:", "  143 ", "Examples:", " " + command + " ")
          .containsSubsequence("Environment:", "  EIGENSWEEP_DATA ")
          .satisfies(
              text -> assertThat(text.lines()).allMatch(line -> line.length() <= 80, "80 columns"));
    }
    Captured version = Captured.execute("--version");
    assertThat(version.status()).isZero();
    assertThat(version.out())
        .matches(
            "eigensweep \\d+\\.\\d+\\.\\d+\\S* \\(commit ([0-9a-f]{40}(-dirty)?|unknown)\\)\\R");
  }

  @Test
  void theProcessEndsWithTheStatus() throws IOException, InterruptedException {
    Path conf = write("eigensweep { data.kind = mnist }");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            conf.toString(),
            "-Doutput=" + output);
    builder.environment().remove("EIGENSWEEP_DATA");
    // The JVM announces these on standard error.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Path err = folder.resolve("err");
    builder.redirectError(err.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readString(err, StandardCharsets.UTF_8))
        .isEqualTo(
            "eigensweep: "
                + conf
                + ":1: eigensweep.data.dir: found nothing, expected the folder that"
                + " holds the MNIST files; set eigensweep.data.dir or the environment variable EIGENSWEEP_DATA\n");
    assertThat(output).doesNotExist();
  }

  private void assertNothingHappened(Captured captured) {
    assertThat(captured.status()).isEqualTo(2);
    assertThat(captured.out()).isEmpty();
    assertThat(SparkSession.getActiveSession().isEmpty()).isTrue();
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
    assertThat(output).doesNotExist();
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("test.conf"), text);
  }

  private static Captured bad(String message) {
    return new Captured(2, "", "eigensweep: %s%n".formatted(message));
  }
}
