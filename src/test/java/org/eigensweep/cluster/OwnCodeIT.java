package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps with a jar that is none of ours: the worked example, compiled against the packaged job.
 */
class OwnCodeIT {
  private static final Path EXAMPLE = Path.of("src/test/example");

  @TempDir private Path folder;
  private Path jar;

  @BeforeEach
  void build() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-d",
                classes.toString(),
                "-cp",
                files(ChildProcess.target())
                    .filter(file -> file.matches(".*/(eigensweep|lib/.*|spark/.*)\\.jar"))
                    .collect(Collectors.joining(File.pathSeparator))));
    files(EXAMPLE).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).as("javac").isZero();
    jar = folder.resolve("own.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream into = new JarOutputStream(out)) {
      add(into, classes, files(classes));
      add(into, EXAMPLE, files(EXAMPLE).filter(file -> file.contains("META-INF")));
    }
  }

  private static Stream<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).map(Path::toString).toList().stream();
    }
  }

  private static void add(JarOutputStream into, Path root, Stream<String> files)
      throws IOException {
    for (String file : files.toList()) {
      into.putNextEntry(new JarEntry(root.relativize(Path.of(file)).toString()));
      Files.copy(Path.of(file), into);
    }
  }

  private ChildProcess submit(Path jars, String settings) throws IOException {
    Path conf = Files.writeString(folder.resolve("own.conf"), "eigensweep {" + settings + "}");
    return ChildProcess.start(
        folder.resolve("log"),
        Map.of("EIGENSWEEP_MASTER", "local[2]"),
        List.of(
            Path.of("submit", "local").toAbsolutePath().toString(),
            "--jars",
            jars.toString(),
            "run",
            conf.toString(),
            "--set",
            "output=" + folder.resolve("out")));
  }

  @Test
  void dataOptimiserAndRule() throws IOException {
    String settings =
        """
        data { kind = spirals, train-examples = 60, test-examples = 30, options { arms = 3 } }
        model.hidden = [8]
        training {
          steps = 12, batch-size = 20, switch { on = step, step = 4 }
          optimizer { kind = qhm, beta = 0.9 }
          rules = [plain, fading]
          branches = [{ name = slowly, rule = { kind = fading, steps = 6 } }]
        }
        sweep { learning-rates = [0.05], seeds = [1], ranks = [2] }
        eigenspace.pairs = 2
        """;
    try (ChildProcess process = submit(jar, settings)) {
      assertThat(process.status()).as(process.tail()).isZero();
      assertThat(process.log()).contains("plain", "fading", "slowly").doesNotContain("WARN");
    }
  }

  @Test
  void problem() throws IOException {
    String settings =
        """
        problem { kind = rosenbrock, variables = 6 }
        training {
          steps = 12, batch-size = full, switch { on = step, step = 4 }
        }
        sweep { learning-rates = [0.0001], seeds = [1], ranks = [2] }
        eigenspace.pairs = 3
        """;
    try (ChildProcess process = submit(jar, settings)) {
      assertThat(process.status()).as(process.tail()).isZero();
      assertThat(process.log()).contains("dominant");
    }
  }

  @Test
  void aMissingJarIsMissed() throws IOException {
    try (ChildProcess process = submit(folder.resolve("lost.jar"), "")) {
      assertThat(process.status()).isEqualTo(2);
      assertThat(process.log())
          .isEqualTo(
              "eigensweep: --jars %s: no such file, expected a jar%n"
                  .formatted(folder.resolve("lost.jar")));
    }
  }

  @Test
  void aServiceThatNobodyBringsIsMissed() throws IOException {
    try (ChildProcess process = submit(jar, "training.optimizer = lion")) {
      assertThat(process.status()).as(process.tail()).isEqualTo(2);
      assertThat(process.log())
          .contains(
              "found \"lion\", expected one of sgd, heavy-ball, nesterov, rmsprop, adam, adamw, qhm;");
    }
  }
}
