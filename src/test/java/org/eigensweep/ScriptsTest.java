package org.eigensweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What shellcheck says of the scripts, where it is installed. */
class ScriptsTest {
  @Test
  void shellcheckFindsNothing() throws IOException, InterruptedException {
    Path program = Path.of("/usr/bin/shellcheck");
    assumeTrue(Files.isExecutable(program), "no shellcheck on this machine");
    List<String> command =
        new ArrayList<>(
            List.of(program.toString(), "--external-sources", "--source-path=SCRIPTDIR"));
    for (String folder : List.of("submit", ".ci", "src/test/gpu")) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        files
            .filter(Files::isExecutable)
            .map(Path::toString)
            .sorted()
            .forEach(command::add); // others are sourced by these
      }
    }
    assertThat(command).contains("submit/local", ".ci/run", "src/test/gpu/run");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
