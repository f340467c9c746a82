package org.eigensweep.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command as a user gives it: a script of {@code submit/}, Spark's settings, our words. */
final class Submission {
  private static final Pattern RAN_ON =
      Pattern.compile("\"Event\":\"SparkListenerTaskEnd\".*\"Executor ID\":\"(\\w+)\"");

  private final String script;
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> settings = new ArrayList<>();

  private Submission(String script, Path folder) {
    this.script = script;
    this.folder = folder;
    environment.put("EIGENSWEEP_DRIVER_MEMORY", "512m");
    set("spark.ui.port", "0");
  }

  /** On two cores of this process. */
  static Submission local(Path folder) {
    return new Submission("local", folder).with("EIGENSWEEP_MASTER", "local[2]");
  }

  /** On two executors of 512 MB, which are waited for, so that neither is left without work. */
  static Submission standalone(StandaloneCluster cluster, Path folder) {
    return new Submission("standalone", folder)
        .with("EIGENSWEEP_MASTER", cluster.master())
        .with("EIGENSWEEP_EXECUTOR_MEMORY", "512m")
        .set("spark.cores.max", "2")
        .set("spark.scheduler.minRegisteredResourcesRatio", "1.0")
        .logEvents();
  }

  /** On two executors of 512 MB. */
  static Submission yarn(Path configuration, Path folder) {
    return new Submission("yarn", folder)
        .with("HADOOP_CONF_DIR", configuration.toString())
        .with("EIGENSWEEP_EXECUTOR_MEMORY", "512m")
        .set("spark.yarn.am.memory", "512m")
        .set("spark.executor.instances", "2")
        .set("spark.scheduler.minRegisteredResourcesRatio", "1.0")
        .logEvents();
  }

  private Submission logEvents() {
    try {
      Files.createDirectories(events());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return set("spark.eventLog.enabled", "true").set("spark.eventLog.dir", "file:" + events());
  }

  /** Sets an environment variable. */
  Submission with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Gives Spark a setting. */
  Submission set(String key, String value) {
    settings.add("--conf");
    settings.add(key + "=" + value);
    return this;
  }

  /** Starts a command and does not wait for it. */
  ChildProcess start(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of("submit", script).toAbsolutePath().toString());
    command.addAll(settings);
    command.addAll(List.of(words));
    return ChildProcess.start(folder.resolve("driver.log"), environment, command);
  }

  /** What Spark noted of the application that ran last: a JSON object a line. */
  List<String> lastEvents() {
    try (Stream<Path> logs = Files.list(events())) {
      return Files.readAllLines(
          logs.max((a, b) -> a.getFileName().compareTo(b.getFileName())).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of the executors on which tasks of that application ended. */
  Set<String> lastExecutors() {
    return lastEvents().stream()
        .map(RAN_ON::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private Path events() {
    return folder.resolve("events");
  }
}
