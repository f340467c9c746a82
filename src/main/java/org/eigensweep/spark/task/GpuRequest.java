package org.eigensweep.spark.task;

import static java.util.regex.Pattern.quote;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.eigensweep.array.Accelerator;

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
   * Checks that trials can have the GPUs that the settings ask for. Settings without GPUs pass.
   *
   * @param settings of the session
   * @param backEnds ND4J's on the class path, which executors have too
   * @throws GpuException if not
   */
  public static void check(SparkConf settings, List<String> backEnds) {
    if (settings.contains(OF_TASK) || settings.contains(OF_EXECUTOR)) {
      new GpuRequest(settings).check(backEnds);
    }
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

  private void check(List<String> backEnds) {
    requireBoth();
    requireOneATrial();
    requireCluster();
    if (!backEnds.contains(Accelerator.CUDA)) {
      throw new GpuException(
          "%s is %s, but ND4J's back end here is %s, expected %s: build with mvn -Pcuda package, or leave the setting out"
              .formatted(
                  OF_TASK, settings.get(OF_TASK), String.join(", ", backEnds), Accelerator.CUDA));
    }
    if (isContained()) {
      requireScript();
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
    String master = settings.get("spark.master", "local[*]");
    if (master.equals("local") || master.startsWith("local[")) {
      throw new GpuException(
          "%s is %s on spark.master %s, expected a cluster, since Spark has no GPUs to give in local mode: use submit/standalone or submit/yarn, or leave the setting out"
              .formatted(OF_TASK, settings.get(OF_TASK), master));
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
