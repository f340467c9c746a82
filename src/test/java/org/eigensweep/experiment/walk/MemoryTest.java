package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Training gives back what it takes: a long run does not grow the process. */
@Tag("slow")
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc/self/status")
class MemoryTest {
  /**
   * The child's heap is touched in full when it starts and collected before each reading, so what
   * grows is memory outside it; code compiled meanwhile and the allocator's slack were measured to
   * add 3 to 14 MB. A single array of the smallest shape left behind at each of the 10,000 steps (a
   * mini-batch of 20 examples, 62 kB) would add 600 MB, one of the shape of θ at each refresh 50
   * MB.
   */
  @Test
  void tenThousandStepsDoNotGrowTheProcess() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TenThousandSteps.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Map<Integer, Long> resident = new HashMap<>();
    try (var out = child.inputReader(StandardCharsets.UTF_8)) {
      out.lines()
          .filter(line -> line.matches("\\d+ \\d+"))
          .map(line -> line.split(" "))
          .forEach(words -> resident.put(Integer.valueOf(words[0]), Long.valueOf(words[1])));
    }
    assertThat(child.waitFor()).isZero();
    assertThat(resident).containsOnlyKeys(3_000, 13_000);
    assertThat(resident.get(13_000) - resident.get(3_000)).isLessThan(30_000);
  }
}
