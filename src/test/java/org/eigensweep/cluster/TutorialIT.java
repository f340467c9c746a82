package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the tutorial, run in its order in one folder, as a reader types them. */
@EnabledIfEnvironmentVariable(named = "EIGENSWEEP_DATA", matches = ".+")
class TutorialIT {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|hocon)\\n(.*?)^```$");
  private static final Pattern NAME = Pattern.compile("# (\\S+)\\n");

  /** A sweep of minutes on an idle machine, on a busy one. */
  private static final Duration SWEEP = Duration.ofMinutes(15);

  private static final String DATA = System.getenv("EIGENSWEEP_DATA");

  @TempDir private Path folder;

  @Test
  void doesWhatItSays() throws IOException {
    Files.createSymbolicLink(folder.resolve("submit"), ROOT.resolve("submit"));
    Files.createSymbolicLink(folder.resolve("conf"), ROOT.resolve("conf"));
    List<String> commands = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve("src/site/markdown/tutorial.md")));
    while (block.find()) {
      if (block.group(1).equals("sh")) {
        commands.add(block.group(2).replaceAll("(?<=[ =])/data", DATA));
      } else {
        Matcher name = NAME.matcher(block.group(2));
        assertThat(name.lookingAt()).as("a file's first line names it").isTrue();
        Files.writeString(folder.resolve(name.group(1)), block.group(2));
      }
    }
    assertThat(commands).hasSizeGreaterThan(4);
    commands.forEach(this::run);
    assertThat(folder.resolve("results/quickstart/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("results/my-network/aggregates"))
        .isDirectoryContaining("glob:**.csv");
    assertThat(folder.resolve("figures")).isDirectoryContaining("glob:**.svg");
    assertThat(folder.resolve("figures")).isDirectoryContaining("glob:**.png");
    assertThat(folder.resolve("spectrum.html")).isNotEmptyFile();
    assertThat(folder.resolve("results/own-network/trials")).isNotEmptyDirectory();
    assertThat(folder.resolve("csv")).isNotEmptyDirectory();
    assertThat(folder.resolve("runs")).isNotEmptyDirectory();
  }

  /** What a shell exports in one block it has in the next. */
  private void run(String commands) {
    String script = "set -e\ncd '%s'\n%s".formatted(folder, commands);
    try (ChildProcess shell =
        ChildProcess.start(
            folder.resolve("log"),
            Map.of("EIGENSWEEP_DATA", DATA),
            List.of("bash", "-c", script))) {
      shell.sleep(SWEEP);
      assertThat(shell.status()).as(commands + shell.tail()).isZero();
      assertThat(shell.log()).as(commands).doesNotContain("WARN", "ERROR", "Exception");
    }
  }
}
