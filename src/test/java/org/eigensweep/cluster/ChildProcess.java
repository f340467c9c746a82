package org.eigensweep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process with a log file. Closing it ends it with all processes that it has started. */
final class ChildProcess implements AutoCloseable {
  /** Longer than anything here takes on a busy machine with two cores; only a failure waits so. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final int SHOWN = 3000;

  private final Process process;
  private final Path log;
  private final Thread hook = new Thread(this::kill);

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(hook); // an interrupted build leaves nothing behind
  }

  /**
   * Starts a process on the loopback interface, free of what this environment says of Spark, Hadoop
   * and the kernels of OpenBLAS: YARN does not hand that on to its containers.
   *
   * @param log where both of its outputs go
   * @param settings environment variables
   */
  static ChildProcess start(Path log, Map<String, String> settings, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeIf(name -> name.matches("(SPARK|HADOOP|YARN|EIGENSWEEP|OPENBLAS)_.*"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    // A killed process leaves its temporary files to whoever deletes the folder of its log.
    environment.put("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + log.toAbsolutePath().getParent());
    environment.putAll(settings);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      return new ChildProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts a JVM that Spark and Hadoop can look into.
   *
   * @param arguments JVM options, of which the heap is 256 MB else; the main class; its arguments
   */
  static ChildProcess java(
      Path log, Map<String, String> settings, List<Path> classPath, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(opens());
    command.add("-Xmx256m");
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.addAll(List.of(arguments));
    return start(log, settings, command);
  }

  /** This JVM's own, which are the pom's. */
  private static List<String> opens() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .toList();
  }

  /** The build's output folder. */
  static Path target() {
    return TARGET;
  }

  /** What it printed so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first group of the first match in the log, as soon as there is one. */
  String await(Pattern pattern) {
    return await(
        "a line with " + pattern,
        () -> {
          Matcher found = pattern.matcher(log());
          return found.find() ? found.group(1) : null;
        });
  }

  /** What a question answers, as soon as that is not null. */
  <T> T await(String expected, Supplier<T> question) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      boolean alive = process.isAlive();
      T answer = question.get();
      if (answer != null) {
        return answer;
      }
      if (!alive) {
        return fail("%s ended, expected %s; it said:%n%s".formatted(log, expected, tail()));
      }
      sleep(Duration.ofMillis(100));
    }
    return fail("%s: no sign of %s; it says:%n%s".formatted(log, expected, tail()));
  }

  /** Waits, but not longer than it lives. */
  void sleep(Duration time) {
    try {
      process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its number. */
  long pid() {
    return process.pid();
  }

  /** Holds it where it is, so that it cannot end meanwhile; see {@link #release}. */
  void hold() {
    signal("STOP");
  }

  /** Lets it go on. */
  void release() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start();
      assertThat(kill.onExit().join().exitValue()).as("kill -%s", name).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it has not ended yet. */
  boolean alive() {
    return process.isAlive();
  }

  /** Its exit status, when it has ended. */
  int status() {
    try {
      if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return fail("%s goes on and on; it says:%n%s".formatted(log, tail()));
  }

  /** The end of the log, for messages. */
  String tail() {
    String all = log();
    return all.substring(Math.max(0, all.length() - SHOWN));
  }

  /** The processes below this one whose command line has all these words. */
  Stream<ProcessHandle> descendants(String... words) {
    return process
        .descendants()
        .filter(
            p -> List.of(p.info().arguments().orElse(new String[0])).containsAll(List.of(words)));
  }

  /** Ends it at once, and what it has started. */
  private void kill() {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }

  @Override
  public void close() {
    kill();
    process.onExit().join();
    Runtime.getRuntime().removeShutdownHook(hook);
  }
}
