package org.eigensweep.spark.task;

import org.apache.spark.SparkConf;
import org.eigensweep.array.process.MemoryLimits;

/**
 * How much memory a process may take, by Spark's settings.
 *
 * <p>Beside its heap a process may take {@code memoryOverhead}, or else {@code
 * memoryOverheadFactor} times the heap, at least 384 MiB: Spark's own rule, by which YARN and
 * Kubernetes size containers. Only where neither is set does it matter who counts. A container has
 * Spark's default of a tenth. A standalone worker counts heaps alone: as much again. Nobody counts
 * a driver's process, in local mode or as the client of a cluster: three times as much, which is
 * what JavaCPP allows by itself.
 *
 * @param heap Java heap, in bytes
 * @param outside for native arrays and the JVM's own needs, in bytes
 * @param sparks Spark's own storage outside the heap, in bytes
 */
record MemoryRule(long heap, long outside, long sparks) {
  private static final String DRIVER = "driver";
  private static final long MEBIBYTE = 1 << 20;
  private static final long LEAST_OUTSIDE = 384 * MEBIBYTE;

  /**
   * The rule for a process.
   *
   * @param executor the process's number among executors, or {@code driver}
   * @param ownHeap the largest heap of this JVM, in bytes: a driver's is not settled by settings
   */
  static MemoryRule of(SparkConf settings, String executor, long ownHeap) {
    boolean driver = executor.equals(DRIVER);
    long heap = driver ? ownHeap : settings.getSizeAsMb("spark.executor.memory", "1g") * MEBIBYTE;
    String overhead = "spark.%s.memoryOverhead".formatted(driver ? DRIVER : "executor");
    double factor = settings.getDouble(overhead + "Factor", usualFactor(settings, driver));
    long outside =
        settings.contains(overhead)
            ? settings.getSizeAsMb(overhead) * MEBIBYTE
            : Math.max(LEAST_OUTSIDE, (long) (factor * heap));
    long sparks =
        settings.getBoolean("spark.memory.offHeap.enabled", false)
            ? settings.getSizeAsBytes("spark.memory.offHeap.size", "0")
            : 0;
    return new MemoryRule(heap, outside, sparks);
  }

  private static double usualFactor(SparkConf settings, boolean driver) {
    String master = settings.get("spark.master", "local");
    boolean contained = master.equals("yarn") || master.startsWith("k8s://");
    boolean client = settings.get("spark.submit.deployMode", "client").equals("client");
    if (driver && (client || !contained)) {
      return 3;
    }
    return contained ? 0.1 : 1;
  }

  /** As JavaCPP wants it. */
  MemoryLimits limits() {
    return new MemoryLimits(outside, heap + outside + sparks);
  }

  /**
   * One line for the log of a process.
   *
   * @param inForce JavaCPP's limits, which are others where the user chose them or where ND4J was
   *     at work before
   */
  String line(String executor, MemoryLimits inForce, int threads) {
    return "%s: heap %d MiB, native storage up to %d MiB, process up to %d MiB, %d %s a task"
        .formatted(
            executor.equals(DRIVER) ? DRIVER : "executor " + executor,
            heap / MEBIBYTE,
            inForce.arrays() / MEBIBYTE,
            inForce.process() / MEBIBYTE,
            threads,
            threads == 1 ? "thread" : "threads");
  }
}
