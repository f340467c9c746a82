package org.eigensweep.spark.task;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.eigensweep.array.process.MemoryLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory of this process. Its limits are set where they are needed, before the first array, and
 * not by options of the executors' command lines: so they hold in local mode too, and in a session
 * that somebody else started.
 */
public final class ProcessMemory {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessMemory.class);

  /** Static, because JavaCPP has one pair of limits for the whole process. */
  private static boolean settled;

  private ProcessMemory() {}

  /** Limits the process, once, and says so in its log. Must be called before ND4J is touched. */
  public static synchronized void settle() {
    if (!settled) {
      settled = true;
      SparkEnv spark = SparkEnv.get();
      settle(spark.conf(), spark.executorId());
    }
  }

  /**
   * Memory of this machine, or of the container that this process is in, beside the heap, in bytes.
   * JavaCPP's limit, three times a driver's heap, is no promise that there is so much.
   */
  public static long ofMachine() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getTotalMemorySize() - Runtime.getRuntime().maxMemory();
  }

  private static void settle(SparkConf settings, String executor) {
    MemoryRule rule = MemoryRule.of(settings, executor, Runtime.getRuntime().maxMemory());
    MemoryLimits inForce = rule.limits().apply();
    LOG.info(rule.line(executor, inForce, Cores.threads(settings)));
  }
}
