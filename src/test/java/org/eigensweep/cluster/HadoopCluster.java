package org.eigensweep.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * HDFS with one data node and, where asked for, YARN with one node manager, as processes of their
 * own, since their jar and the job's class path are none of each other's business.
 */
final class HadoopCluster implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";

  private final List<ChildProcess> processes = new ArrayList<>();
  private final Map<String, String> settings = new TreeMap<>();
  private final Path folder;

  private HadoopCluster(Path folder) {
    this.folder = folder;
    settings.put("fs.defaultFS", "hdfs://%s:%d".formatted(LOOPBACK, freePort()));
    settings.put("hadoop.tmp.dir", folder.resolve("hadoop").toString());
    configure();
  }

  /**
   * Starts HDFS and waits until it takes files.
   *
   * @param folder where it may leave files
   */
  static HadoopCluster hdfs(Path folder) {
    HadoopCluster cluster = new HadoopCluster(folder);
    cluster.startHdfs();
    return cluster;
  }

  /** Starts HDFS and YARN and waits until both are at work. */
  static HadoopCluster yarn(Path folder) {
    HadoopCluster cluster = hdfs(folder);
    cluster.startYarn();
    return cluster;
  }

  private void startHdfs() {
    Path details = folder.resolve("hdfs.json");
    ChildProcess hdfs =
        start(
            "hdfs",
            "org.apache.hadoop.mapreduce.MiniHadoopClusterManager",
            "-nomr",
            "-format",
            "-nnport",
            Integer.toString(address().getPort()),
            "-writeDetails",
            details.toString());
    hdfs.await("its details", () -> Files.exists(details) ? details : null);
  }

  private void startYarn() {
    settings.put("yarn.resourcemanager.hostname", LOOPBACK);
    for (String service : List.of("", ".scheduler", ".resource-tracker", ".admin", ".webapp")) {
      settings.put(
          "yarn.resourcemanager%s.address".formatted(service),
          "%s:%d".formatted(LOOPBACK, freePort()));
    }
    for (String service : List.of("", ".localizer", ".webapp")) {
      settings.put("yarn.nodemanager%s.address".formatted(service), LOOPBACK + ":0");
    }
    // The only scheduler that works without a file of queues.
    settings.put(
        "yarn.resourcemanager.scheduler.class",
        "org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler");
    settings.put("yarn.nodemanager.resource.memory-mb", "4096");
    settings.put("yarn.nodemanager.resource.cpu-vcores", "4");
    settings.put("yarn.scheduler.minimum-allocation-mb", "128");
    // A disk nine tenths full is no reason to fail a test.
    settings.put("yarn.nodemanager.disk-health-checker.enable", "false");
    configure();
    ChildProcess manager =
        start("resources", "org.apache.hadoop.yarn.server.resourcemanager.ResourceManager");
    String metrics =
        "http://%s/ws/v1/cluster/metrics"
            .formatted(settings.get("yarn.resourcemanager.webapp.address"));
    manager.await("its web page", () -> WebPage.answer(metrics).orElse(null));
    start("node", "org.apache.hadoop.yarn.server.nodemanager.NodeManager");
    manager.await(
        "a node", () -> WebPage.read(metrics).contains("\"activeNodes\":1") ? metrics : null);
  }

  /** Hadoop's daemons need to be told their ports, and all of them all ports. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void configure() {
    StringBuilder text = new StringBuilder("<configuration>\n");
    settings.forEach(
        (name, value) ->
            text.append(
                "<property><name>%s</name><value>%s</value></property>%n".formatted(name, value)));
    text.append("</configuration>\n");
    try {
      Files.createDirectories(configuration());
      for (String file : List.of("core-site.xml", "yarn-site.xml")) {
        Files.writeString(configuration().resolve(file), text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChildProcess start(String name, String main, String... more) {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m"));
    arguments.addAll(
        List.of(
            "-Dtest.build.data=" + folder.resolve("hdfs"),
            "-Dyarn.log.dir=" + folder.resolve("yarn"),
            main));
    arguments.addAll(List.of(more));
    Path target = ChildProcess.target();
    ChildProcess process =
        ChildProcess.java(
            folder.resolve(name + ".log"),
            Map.of(),
            List.of(
                configuration(),
                target.resolve("hadoop/*"),
                target.resolve("lib/*"),
                target.resolve("spark/*")),
            arguments.toArray(String[]::new));
    processes.add(process);
    return process;
  }

  /** The folder of its configuration. */
  Path configuration() {
    return folder.resolve("conf");
  }

  /** The file system's address. */
  URI address() {
    return URI.create(settings.get("fs.defaultFS"));
  }

  /** The file system, as a client sees it; the caller closes it. */
  FileSystem files() {
    try {
      return FileSystem.newInstance(address(), new Configuration());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    processes.forEach(ChildProcess::close);
  }
}
