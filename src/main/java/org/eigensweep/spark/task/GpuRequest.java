package org.eigensweep.spark.task;

import static java.util.regex.Pattern.quote;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * Checks Spark's GPU settings before anything starts. Otherwise executors that find no GPU would
 * exit and be replaced forever, or a trial would fail only inside its task.
 */
public final class GpuRequest {
  static final String OF_TASK = "spark.task.resource.gpu.amount";
  private static final String OF_EXECUTOR = "spark.executor.resource.gpu.amount";
  private static final String SCRIPT = "spark.executor.resource.gpu.discoveryScript";
  private static final String PLUGIN = "spark.resources.discoveryPlugin";

  private final SparkConf settings;

  private GpuRequest(SparkConf settings) {
    this.settings = settings;
  }

  /**
   * Checks that trials can have the GPUs that they shall compute on. What a node of a cluster lacks
   * is seen there alone.
   *
   * @param settings of the session
   * @param choice on what trials shall compute
   * @throws GpuException if not
   */
  public static void check(SparkConf settings, DeviceChoice choice) {
    GpuRequest request = new GpuRequest(settings);
    if (isMade(settings)) {
      request.check(choice);
    } else if (isLocal(settings)) {
      choice.here(0);
    } else {
      request.requireNone(choice);
    }
  }

  /** Whether Spark is to give GPUs. */
  public static boolean isMade(SparkConf settings) {
    return settings.contains(OF_TASK) || settings.contains(OF_EXECUTOR);
  }

  /** Whether tasks run in the driver's process. */
  static boolean isLocal(SparkConf settings) {
    String master = settings.get("spark.master", "local[*]");
    return master.equals("local") || master.startsWith("local[");
  }

  /**
   * Checks that tasks of the same executor have the same GPU, as they must where one goes on with
   * arrays that another one left there.
   *
   * @param settings of the session
   * @throws GpuException if not
   */
  public static void requireOneAnExecutor(SparkConf settings) {
    String amount = settings.get(OF_EXECUTOR, "1");
    if (!amount.equals("1")) {
      throw new GpuException(
          "%s is %s, expected 1 where trials are data-parallel, since an executor keeps its part on its GPU: start an executor a GPU instead"
              .formatted(OF_EXECUTOR, amount));
    }
  }

  private void check(DeviceChoice choice) {
    requireBoth();
    requireOneATrial();
    requireCluster();
    if (choice == DeviceChoice.CPU) {
      throw new GpuException(
          "array.device is cpu and %s is %s, expected one of the two: leave the other out"
              .formatted(OF_TASK, settings.get(OF_TASK)));
    }
    if (isContained()) {
      requireScript();
    }
  }

  private void requireNone(DeviceChoice choice) {
    if (choice == DeviceChoice.CUDA) {
      throw new GpuException(
          "array.device is cuda on spark.master %s without %s, expected both: a cluster's GPUs are Spark's to give, so set that to the GPUs of an executor, and %s to 1"
              .formatted(settings.get("spark.master"), OF_EXECUTOR, OF_TASK));
    }
  }

  private void requireBoth() {
    if (!settings.contains(OF_EXECUTOR)) {
      throw new GpuException(
          "%s is %s without %s, expected both: set the latter to the GPUs of an executor"
              .formatted(OF_TASK, settings.get(OF_TASK), OF_EXECUTOR));
    }
    if (!settings.contains(OF_TASK)) {
      throw new GpuException(
          "%s is %s without %s, expected both: set the latter to 1, for a GPU a trial"
              .formatted(OF_EXECUTOR, settings.get(OF_EXECUTOR), OF_TASK));
    }
  }

  private void requireOneATrial() {
    String amount = settings.get(OF_TASK);
    if (!amount.matches("1(\\.0*)?|0?\\.0*[1-9]\\d*")) {
      throw new GpuException(
          "%s is %s, expected 1, or less where trials shall share a GPU: a trial computes on one"
              .formatted(OF_TASK, amount));
    }
  }

  private void requireCluster() {
    if (isLocal(settings)) {
      throw new GpuException(
          "%s is %s on spark.master %s, expected a cluster, since Spark has no GPUs to give in local mode: leave the setting out, array.device = auto takes the GPU of this machine"
              .formatted(OF_TASK, settings.get(OF_TASK), settings.get("spark.master", "local[*]")));
    }
  }

  /** Where executors look for GPUs themselves; a standalone worker has looked before. */
  private boolean isContained() {
    String master = settings.get("spark.master");
    return (master.equals("yarn") || master.startsWith("k8s://")) && !settings.contains(PLUGIN);
  }

  private void requireScript() {
    if (!settings.contains(SCRIPT)) {
      throw new GpuException(
          "%s is %s without %s, expected a program that lists the GPUs of a node: on YARN --conf spark.files=submit/gpus sends one, as ./gpus"
              .formatted(OF_EXECUTOR, settings.get(OF_EXECUTOR), SCRIPT));
    }
    Path script = Path.of(settings.get(SCRIPT));
    if (script.isAbsolute()) {
      requireProgram(script);
    } else if (settings.get("spark.master").equals("yarn")) {
      requireSent(script);
    }
  }

  /**
   * A file that does not exist here may exist on the nodes. One that exists here is assumed to be
   * the same there.
   */
  private static void requireProgram(Path script) {
    if (Files.exists(script) && !Files.isExecutable(script)) {
      throw new GpuException(
          "%s is %s, expected a program: chmod +x %s".formatted(SCRIPT, script, script));
    }
  }

  private void requireSent(Path script) {
    String sent = settings.get("spark.yarn.dist.files", "") + "," + settings.get("spark.files", "");
    String name = script.getFileName().toString();
    if (Stream.of(sent.split(",")).noneMatch(file -> file.matches("(.*[/#])?" + quote(name)))) {
      throw new GpuException(
          "%s is %s, which no file of spark.files brings to the nodes, expected one: add --conf spark.files=submit/gpus"
              .formatted(SCRIPT, script));
    }
  }
}
