package org.eigensweep.spark.task;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * How the application's cores are divided among tasks.
 *
 * <p>A task computes with the {@code spark.task.cpus} cores that Spark reserves for it, in local
 * mode as on a cluster. Its numbers do not depend on how many they are.
 *
 * @param threads threads of a task, at least 1
 * @param trunksInFlight trunks that may be under way at the same time, at least 1
 * @param partsInFlight trunks and branches that may run at the same time, at least 1
 */
public record Cores(int threads, int trunksInFlight, int partsInFlight) {
  /** Spark's setting of the cores, and here of the threads, of a task. */
  public static final String SETTING = "spark.task.cpus";

  /**
   * Trunks that a cluster is offered at once, however few cores it has when the sweep starts: with
   * dynamic allocation executors come only when tasks wait. The driver holds the checkpoints of
   * those whose branches run, so there is a bound.
   */
  private static final int OFFERED_TO_CLUSTER = 64;

  /** As Spark reads it: threads, and perhaps how often a task may fail. */
  private static final Pattern LOCAL =
      Pattern.compile("local(?:\\[\\s*(\\d+|\\*)\\s*(?:,\\s*\\d+\\s*)?])?");

  /** Spark's scheduler has them wait. */
  private static final int ALL = Integer.MAX_VALUE;

  /** Threads of a task under these settings. */
  public static int threads(SparkConf settings) {
    return settings.getInt(SETTING, 1);
  }

  /** Divides the cores for a number of trunks, at least one. */
  public static Cores of(SparkContext context, int trunks) {
    int slots = context.defaultParallelism();
    int threads = threads(context.getConf());
    return context.isLocal() ? local(slots, threads, trunks) : cluster(slots, threads, trunks);
  }

  /**
   * Divides the cores of local mode before it starts; empty for a cluster, whose cores are not
   * known then.
   */
  public static Optional<Cores> expected(SparkConf settings, int trunks) {
    Matcher local = LOCAL.matcher(settings.get("spark.master", "local[*]"));
    if (!local.matches()) {
      return Optional.empty();
    }
    String slots = local.group(1) == null ? "1" : local.group(1);
    int cores =
        slots.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(slots);
    return Optional.of(local(cores, threads(settings), trunks));
  }

  /**
   * In local mode, more trunks than can run at once would only take memory, and more parts would
   * take turns, segment by segment, so that none came to an end before most of them do.
   */
  static Cores local(int slots, int threads, int trunks) {
    int tasks = Math.max(1, slots / threads);
    return new Cores(threads, Math.min(tasks, trunks), tasks);
  }

  static Cores cluster(int slots, int threads, int trunks) {
    int offered = Math.max(slots, OFFERED_TO_CLUSTER);
    return new Cores(threads, Math.min(trunks, offered), ALL);
  }
}
