package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines, containers and clusters as they may be. */
class SurroundingsIT {
  private static final String USER = "54321";

  @TempDir private Path folder;

  private static String script(String name) {
    return Path.of("submit", name).toAbsolutePath().toString();
  }

  private ChildProcess start(Map<String, String> settings, List<String> command) {
    return ChildProcess.start(folder.resolve("log"), settings, command);
  }

  /** Without the line by which Java tells of its own options. */
  private static String said(ChildProcess process) {
    return process
        .log()
        .lines()
        .filter(line -> !line.startsWith("NOTE: Picked up"))
        .collect(Collectors.joining("\n"));
  }

  private void assertRuns(Map<String, String> settings, Path output, String... before) {
    List<String> command = new ArrayList<>(List.of(before));
    command.addAll(List.of(script("local"), "run", "conf/quickstart.conf"));
    for (String setting :
        List.of(
            "training.steps=4",
            "training.switch.step=2",
            "sweep.seeds=[0]",
            "data.train-examples=100",
            "data.test-examples=20",
            "output=" + output)) {
      command.addAll(List.of("--set", setting));
    }
    try (ChildProcess process = start(settings, command)) {
      assertThat(process.status()).as(process.tail()).isZero();
      assertThat(process.log().lines())
          .noneMatch(line -> line.matches(".*(WARN|ERROR|\\tat |Exception).*"));
    }
    assertThat(output.resolve("trials")).isDirectory();
  }

  private static boolean works(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** As containers often have it. */
  @Test
  void aUserNeedsNoName() throws Exception {
    String[] other = {"setpriv", "--reuid", USER, "--regid", USER, "--clear-groups"};
    assumeTrue(works("setpriv", "--reuid", USER, "true"), "only root may become another user");
    assumeTrue(!works("id", "-un", USER), "the number has a name here");
    assumeTrue(
        works("setpriv", "--reuid", USER, "test", "-r", script("local")),
        "that user cannot read this folder");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRuns(Map.of("HOME", folder.resolve("none").toString()), folder.resolve("out"), other);
  }

  @Test
  void aHostNeedsNoAddress() throws Exception {
    assumeTrue(works("unshare", "--uts", "true"), "only root may rename a host for a process");
    assertRuns(
        Map.of("SPARK_LOCAL_IP", ""),
        folder.resolve("out"),
        "unshare",
        "--uts",
        "sh",
        "-c",
        "hostname no-such-host && exec \"$@\"",
        "sh");
  }

  @Test
  void pathsHaveLettersInAnyLocale() {
    assertRuns(Map.of("LC_ALL", "C"), folder.resolve("größer χ"));
  }

  @Test
  void helpNeedsNoCluster() {
    for (String script : List.of("local", "standalone", "yarn")) {
      try (ChildProcess process = start(Map.of(), List.of(script(script), "run", "--help"))) {
        assertThat(process.status()).as(process.tail()).isZero();
        assertThat(said(process)).startsWith("Usage: eigensweep run ");
      }
    }
  }

  @Test
  void anAbsentMasterIsMissedBeforeAnythingStarts() throws IOException {
    Path output = folder.resolve("out");
    try (ChildProcess process =
        start(
            Map.of("EIGENSWEEP_MASTER", "spark://127.0.0.1:1"),
            List.of(
                script("standalone"),
                "run",
                "conf/quickstart.conf",
                "--set",
                "output=" + output))) {
      assertThat(process.status()).as(process.tail()).isEqualTo(2);
      assertThat(said(process))
          .isEqualTo(
              "eigensweep: Spark master spark://127.0.0.1:1: nobody answers at 127.0.0.1:1"
                  + " (Connection refused), expected it there; start it, or name another master");
    }
    assertThat(output).doesNotExist();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).extracting(Path::getFileName).doesNotContain(Path.of("out"));
    }
  }
}
