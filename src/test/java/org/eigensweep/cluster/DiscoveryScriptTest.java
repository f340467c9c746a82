package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code submit/gpus} on a machine that has Bash and what a test puts beside it. */
class DiscoveryScriptTest {
  @TempDir private Path folder;

  @BeforeEach
  void installBash() throws IOException {
    install("bash", "exec /bin/bash \"$@\"");
  }

  private void install(String name, String commands) throws IOException {
    Path program = Files.writeString(folder.resolve(name), "#!/bin/bash\n" + commands + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  /** Runs the script to its end with this exit status, and returns what it said. */
  private String run(int status) {
    try (ChildProcess script =
        ChildProcess.start(
            folder.resolve("log"),
            Map.of("PATH", folder.toString()),
            List.of(Path.of("submit/gpus").toAbsolutePath().toString()))) {
      assertThat(script.status()).as(script.tail()).isEqualTo(status);
      return script.log();
    }
  }

  @Test
  void listsGpusAsSparkReadsThem() throws IOException {
    install("nvidia-smi", "[[ \"$*\" == *--query-gpu=index* ]] && printf '0\\n1\\n10\\n'");
    assertThat(ResourceInformation.parseJson(run(0)))
        .isEqualTo(new ResourceInformation("gpu", new String[] {"0", "1", "10"}));
  }

  @Test
  void needsTheDriversProgram() {
    assertThat(run(1))
        .isEqualTo(
            "eigensweep: no nvidia-smi on the PATH, expected NVIDIA's driver; install it, or ask"
                + " this node for no GPUs\n");
  }

  @Test
  void saysWhatTheDriverSays() throws IOException {
    install("nvidia-smi", "echo 'No devices were found'; exit 6");
    assertThat(run(1)).isEqualTo("eigensweep: nvidia-smi: No devices were found\n");
  }

  @Test
  void takesNoOtherAnswer() throws IOException {
    install("nvidia-smi", "echo '[Unknown Error]'");
    assertThat(run(1))
        .isEqualTo(
            "eigensweep: nvidia-smi said '[Unknown Error]', expected a number for each GPU\n");
  }
}
