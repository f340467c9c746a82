package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an installed Spark is asked, once the job is packaged. */
class SubmitIT {
  private static final Path JAR = ChildProcess.target().resolve("eigensweep.jar");

  @TempDir private Path home;

  @BeforeEach
  void install() throws IOException {
    InstalledSpark.make(home, "2.12-3.5.1");
  }

  private List<String> asked(String script, Map<String, String> settings) {
    List<String> command =
        List.of(
            Path.of("submit", script).toAbsolutePath().toString(),
            "--conf",
            "spark.task.cpus=4",
            "run",
            "a file.conf");
    try (ChildProcess process = ChildProcess.start(home.resolve("log"), settings, command)) {
      assertThat(process.status()).as(process.tail()).isZero();
      return process.log().lines().toList();
    }
  }

  @Test
  void standaloneShipsTheJob() {
    List<String> asked =
        asked(
            "standalone",
            Map.of(
                "SPARK_HOME", home.toString(),
                "EIGENSWEEP_MASTER", "spark://a:7077,b:7077",
                "EIGENSWEEP_EXECUTOR_MEMORY", "3g"));
    assertThat(asked)
        .containsSequence("--driver-memory", "2g")
        .containsSequence("--master", "spark://a:7077,b:7077", "--jars")
        .containsSequence("--executor-memory", "3g")
        .endsWith(
            "--conf",
            "spark.task.cpus=4",
            "--class",
            "org.eigensweep.app.Main",
            JAR.toString(),
            "run",
            "a file.conf");
    assertThat(asked.get(asked.indexOf("--jars") + 1).split(","))
        .anyMatch(jar -> jar.matches(".*/lib/nd4j-api-.*\\.jar"))
        .noneMatch(jar -> jar.contains("/spark-"));
  }

  @Test
  void yarnLeavesRoomBesideTheHeap() throws IOException {
    Files.createFile(home.resolve("yarn-site.xml"));
    List<String> asked =
        asked(
            "yarn",
            Map.of(
                "SPARK_HOME", home.toString(),
                "HADOOP_CONF_DIR", home.toString(),
                "EIGENSWEEP_DRIVER_MEMORY", "1g"));
    assertThat(asked)
        .containsSequence("--driver-memory", "1g")
        .containsSequence("--master", "yarn", "--jars")
        .contains("spark.executor.memoryOverheadFactor=1.0")
        .doesNotContain("--executor-memory");
  }
}
