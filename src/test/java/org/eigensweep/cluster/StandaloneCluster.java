package org.eigensweep.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A master and two workers of one core and 1 GB each, as processes of their own. Their Spark has
 * nothing of Eigensweep: what a job needs, the job brings.
 */
final class StandaloneCluster implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern PAGE = Pattern.compile("'MasterUI' on port (\\d+)");

  /** Libraries that the job shares with Spark, and that Maven therefore puts to the job's. */
  private static final Pattern SHARED =
      Pattern.compile("(commons|slf4j|flatbuffers|gson)-.*\\.jar");

  private final List<ChildProcess> processes = new ArrayList<>();
  private final Path folder;
  private final String master;

  private StandaloneCluster(Path folder) {
    this.folder = folder;
    ChildProcess first =
        start("master", "127.0.0.1", "org.apache.spark.deploy.master.Master", "--port", "0");
    master = first.await(URL);
    String page = "http://127.0.0.1:%s/json/".formatted(first.await(PAGE));
    // Two hosts: Spark never runs a task twice at a time on one.
    addWorker("worker-1", "127.0.0.1", "--cores", "1");
    addWorker("worker-2", "127.0.0.2", "--cores", "1");
    first.await(
        "two workers", () -> WebPage.read(page).contains("\"aliveworkers\" : 2") ? page : null);
  }

  /**
   * Starts the cluster and waits until both workers have registered.
   *
   * @param folder where it may leave files
   */
  static StandaloneCluster start(Path folder) {
    linkSpark(folder);
    return new StandaloneCluster(folder);
  }

  /** Executors start from the jars of a Spark installation, so there has to be one. */
  private static void linkSpark(Path folder) {
    try (Stream<Path> spark = Files.list(ChildProcess.target().resolve("spark"));
        Stream<Path> job = Files.list(ChildProcess.target().resolve("lib"))) {
      Path jars = Files.createDirectories(folder.resolve("spark/jars"));
      Stream<Path> shared =
          job.filter(jar -> SHARED.matcher(jar.getFileName().toString()).matches());
      for (Path jar : Stream.concat(spark, shared).toList()) {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChildProcess start(String name, String host, String main, String... more) {
    List<String> arguments = new ArrayList<>(List.of(main, "--host", host, "--webui-port", "0"));
    arguments.addAll(List.of(more));
    Path home = folder.resolve("spark");
    ChildProcess process =
        ChildProcess.java(
            folder.resolve(name + ".log"),
            Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.12"),
            List.of(home.resolve("jars/*")),
            arguments.toArray(String[]::new));
    processes.add(process);
    return process;
  }

  /**
   * Starts one more worker of 1 GB, which nobody waits for.
   *
   * @param name of its folder
   * @param host its loopback address
   * @param options for Spark's worker
   */
  void addWorker(String name, String host, String... options) {
    String work = folder.resolve(name).toString();
    List<String> arguments = new ArrayList<>(List.of("--memory", "1g", "--work-dir", work));
    arguments.addAll(List.of(options));
    arguments.add(master);
    start(name, host, "org.apache.spark.deploy.worker.Worker", arguments.toArray(String[]::new));
  }

  /** The master's address. */
  String master() {
    return master;
  }

  /** The process of an executor of the one application that runs, by Spark's number. */
  ProcessHandle executor(String id) {
    return processes.stream()
        .flatMap(worker -> worker.descendants("--executor-id", id))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    processes.forEach(ChildProcess::close);
  }
}
