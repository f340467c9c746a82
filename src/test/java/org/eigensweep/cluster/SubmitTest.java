package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts of {@code submit/} refuse, before they build or start anything. */
class SubmitTest {
  private static final String MASTER = "spark://127.0.0.1:7077";

  @TempDir private Path folder;

  private void refuses(
      String script, Map<String, String> settings, String message, String... words) {
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(Path.of("submit", script).toAbsolutePath().toString());
    command.addAll(List.of(words));
    try (ChildProcess process = ChildProcess.start(log, settings, command)) {
      assertThat(process.status()).isEqualTo(2);
      assertThat(process.log()).isEqualTo("eigensweep: %s%n".formatted(message));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn", "spark://", "spark://host", "spark://a:1,spark://b:2", "a:7077"})
  void aClusterNeedsAMastersAddress(String master) {
    refuses(
        "standalone",
        Map.of("EIGENSWEEP_MASTER", master),
        "EIGENSWEEP_MASTER is %s, expected spark://HOST:PORT as the master's web page shows it"
            .formatted(master));
  }

  @Test
  void aClusterNeedsAMaster() {
    refuses(
        "standalone",
        Map.of(),
        "EIGENSWEEP_MASTER is not set, expected spark://HOST:PORT as the master's web page shows it");
  }

  @Test
  void thisMachineIsNoCluster() {
    refuses(
        "local",
        Map.of("EIGENSWEEP_MASTER", MASTER),
        "EIGENSWEEP_MASTER is %s, expected local[...]; submit/standalone takes clusters"
            .formatted(MASTER));
  }

  @Test
  void yarnNeedsItsConfiguration() {
    refuses(
        "yarn",
        Map.of("HADOOP_CONF_DIR", folder.toString()),
        "HADOOP_CONF_DIR is %s, expected the folder of yarn-site.xml and core-site.xml"
            .formatted(folder));
  }

  @Test
  void anInstalledSparkMustBeOne() {
    refuses(
        "standalone",
        Map.of("EIGENSWEEP_MASTER", MASTER, "SPARK_HOME", folder.toString()),
        "no bin/spark-submit in SPARK_HOME=%s; point it at a Spark 3.5 for Scala 2.12, or unset it"
            .formatted(folder));
  }

  @Test
  void anInstalledSparkMustBeOurs() throws IOException {
    InstalledSpark.make(folder, "2.13-4.0.1");
    refuses(
        "standalone",
        Map.of("EIGENSWEEP_MASTER", MASTER, "SPARK_HOME", folder.toString()),
        "SPARK_HOME=%s has spark-core_2.13-4.0.1.jar, expected Spark 3.5 for Scala 2.12; point it at one, or unset it"
            .formatted(folder));
  }

  @Test
  void aSettingHasAValue() {
    refuses(
        "standalone",
        Map.of("EIGENSWEEP_MASTER", MASTER),
        "--conf 'spark.cores.max', expected --conf KEY=VALUE before the command",
        "--conf",
        "spark.cores.max",
        "run");
  }

  @Test
  void aFileOfSettingsIsThere() {
    refuses(
        "local",
        Map.of(),
        "--properties-file '/nowhere': no such file, expected --properties-file FILE before the command",
        "--properties-file",
        "/nowhere",
        "run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--queue", "--principal", "--keytab"})
  void othersDoNotTakeWhatIsYarns(String option) {
    refuses(
        "standalone",
        Map.of("EIGENSWEEP_MASTER", MASTER),
        "%s: submit/standalone has no such option, submit/yarn has".formatted(option),
        option,
        "one",
        "run");
  }

  @Test
  void aQueueHasAName() throws IOException {
    refuses(
        "yarn",
        yarn(),
        "--queue '--dry-run', expected --queue NAME before the command",
        "--queue",
        "--dry-run");
  }

  @Test
  void whoAsksHasAKey() throws IOException {
    refuses(
        "yarn", yarn(), "--principal without --keytab, expected both", "--principal", "me", "run");
    Path keytab = Files.createFile(folder.resolve("keytab"));
    refuses(
        "yarn",
        yarn(),
        "--keytab without --principal, expected both",
        "--keytab",
        keytab.toString(),
        "run");
  }

  private Map<String, String> yarn() throws IOException {
    Path settings = folder.resolve("yarn-site.xml");
    if (Files.notExists(settings)) {
      Files.createFile(settings);
    }
    return Map.of("HADOOP_CONF_DIR", folder.toString());
  }
}
