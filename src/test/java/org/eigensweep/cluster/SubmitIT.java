package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  private List<String> asked(String script, Map<String, String> settings, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of("submit", script).toAbsolutePath().toString());
    command.addAll(List.of(options));
    command.addAll(List.of("--conf", "spark.task.cpus=4", "run", "a file.conf"));
    return printed(settings, command);
  }

  private List<String> printed(Map<String, String> settings, List<String> command) {
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

  @Test
  void yarnIsToldTheQueueAndWhoAsks() throws IOException {
    Files.createFile(home.resolve("yarn-site.xml"));
    Path keytab = Files.createFile(home.resolve("a keytab"));
    Path defaults = Files.createFile(home.resolve("defaults"));
    List<String> asked =
        asked(
            "yarn",
            Map.of("SPARK_HOME", home.toString(), "HADOOP_CONF_DIR", home.toString()),
            "--queue",
            "night",
            "--principal",
            "me@HERE",
            "--keytab",
            keytab.toString(),
            "--properties-file",
            defaults.toString());
    assertThat(asked)
        .containsSequence("--queue", "night", "--principal", "me@HERE")
        .containsSequence("--keytab", keytab.toString())
        .containsSequence("--properties-file", defaults.toString());
  }

  /** Given to a shell, what is printed asks the same. */
  @Test
  void aDryRunPrintsWhatWouldRun() {
    Map<String, String> settings =
        Map.of("SPARK_HOME", home.toString(), "EIGENSWEEP_MASTER", "spark://a:7077");
    List<String> line = asked("standalone", settings, "--dry-run");
    assertThat(line).hasSize(1);
    assertThat(printed(settings, List.of("bash", "-c", line.get(0))))
        .isEqualTo(asked("standalone", settings));
  }

  @Test
  void aDryRunHereNeedsNoInstalledSpark() {
    List<String> line = asked("local", Map.of("EIGENSWEEP_MASTER", "local[3]"), "--dry-run");
    assertThat(line).hasSize(1);
    assertThat(line.get(0))
        .contains(" org.apache.spark.deploy.SparkSubmit --master local\\[3\\] ")
        .endsWith(" run a\\ file.conf ");
  }

  @Test
  void aScriptsHelpNamesItsOptions() {
    List<String> help =
        printed(Map.of(), List.of(Path.of("submit/yarn").toAbsolutePath().toString(), "--help"));
    assertThat(help.get(0))
        .isEqualTo("Runs the command line on a YARN cluster: submit/yarn [OPTION ...] COMMAND ...");
    assertThat(help)
        .contains("  --queue NAME              YARN's queue")
        .contains("Usage: eigensweep [-hV] [COMMAND]");
  }
}
