package org.eigensweep.spark.task;

import java.util.Optional;
import org.apache.spark.SparkConf;

/**
 * The memory that tasks have for their arrays.
 *
 * @param outside bytes outside the heap of the process in which they run, or of its GPU
 * @param tasks how many run in it at once
 * @param setting which setting gives it more; empty for a GPU
 * @param now the value of that setting, in bytes
 * @param factor bytes outside the heap for each byte of the setting
 */
public record TaskRoom(long outside, int tasks, String setting, long now, double factor) {
  private static final String DRIVER = "driver";
  private static final String NONE = "";
  private static final long MEBIBYTE = 1 << 20;

  /**
   * On a GPU.
   *
   * @param bytes that it has
   * @param tasks that share it
   */
  public static TaskRoom ofGpu(long bytes, int tasks) {
    return new TaskRoom(bytes, tasks, NONE, bytes, 1);
  }

  /**
   * By Spark's settings.
   *
   * @param tasks that run at once in this process in local mode; 0 where executors run them
   */
  public static TaskRoom of(SparkConf settings, int tasks) {
    boolean here = tasks > 0;
    String process = here ? DRIVER : "executor";
    MemoryRule rule =
        MemoryRule.of(settings, here ? DRIVER : "0", Runtime.getRuntime().maxMemory());
    int atOnce =
        here
            ? tasks
            : Math.max(1, settings.getInt("spark.executor.cores", 1) / Cores.threads(settings));
    String overhead = "spark.%s.memoryOverhead".formatted(process);
    if (settings.contains(overhead)) {
      return new TaskRoom(rule.outside(), atOnce, overhead, rule.outside(), 1);
    }
    String heap = here ? "EIGENSWEEP_DRIVER_MEMORY" : "EIGENSWEEP_EXECUTOR_MEMORY";
    double factor = (double) rule.outside() / rule.heap();
    return new TaskRoom(rule.outside(), atOnce, heap, rule.heap(), factor);
  }

  /**
   * Bytes outside the heap for one task.
   *
   * @param machine bytes that the process can have there at most
   */
  public long ofOne(long machine) {
    return Math.min(outside, machine) / tasks;
  }

  /** Whether so many bytes of each task fit. */
  public boolean fits(long bytes) {
    return bytes * tasks <= outside;
  }

  /**
   * What to change so that so many bytes of each task fit; empty if they do.
   *
   * @param threads cores of a task
   */
  public Optional<String> advice(long bytes, int threads) {
    if (fits(bytes)) {
      return Optional.empty();
    }
    if (setting.equals(NONE)) {
      String fewer = fewer(outside / bytes, threads);
      return Optional.of(fewer.isEmpty() ? "take a smaller network, or fewer pairs" : fewer);
    }
    long wanted = (long) Math.ceil(bytes * tasks / factor / MEBIBYTE);
    String more = "set %s=%dm (%dm now)".formatted(setting, wanted, now / MEBIBYTE);
    String fewer = fewer(outside / bytes, threads);
    return Optional.of(fewer.isEmpty() ? more : more + ", or " + fewer);
  }

  /** Where it is, for messages. */
  public String place() {
    return setting.equals(NONE) ? "of a GPU" : "outside the heap of a process";
  }

  /** How to have fewer tasks at once, if one at least fits. */
  private String fewer(long fit, int threads) {
    if (fit < 1) {
      return "";
    }
    int times = (int) ((tasks + fit - 1) / fit);
    return "%s=%d, so that %d of %d tasks run at once"
        .formatted(Cores.SETTING, threads * times, tasks / times, tasks);
  }
}
