package org.eigensweep.spark;

import java.util.List;
import org.apache.spark.SparkContext;

/**
 * How the application's cores are shared out, decided once by the widest stage of the sweep.
 *
 * <p>In local mode the trunks share the cores of the process evenly, and the branches of a trunk
 * share the part of their trunk; each gets at least one. So a single trial on a laptop uses all
 * cores, a wide sweep one core a task, and a trunk beside the branches of another does not crowd
 * them out. On a cluster a task uses the {@code spark.task.cpus} cores that Spark reserves for it,
 * since nothing else keeps two tasks of one executor from taking the same cores.
 *
 * @param trunk threads of a trunk's task, at least 1
 * @param branch threads of a branch's task, at least 1
 * @param trunksInFlight trunks that may be under way at the same time, at least 1
 */
record Cores(int trunk, int branch, int trunksInFlight) {
  /**
   * Trunks that a cluster is offered at once, however few cores it has when the sweep starts: with
   * dynamic allocation executors come only when tasks wait. The driver holds the checkpoints of
   * those whose branches run, so there is a bound.
   */
  private static final int OFFERED_TO_CLUSTER = 64;

  /** The shares for this work, which is not empty. */
  static Cores of(SparkContext context, List<Work> work) {
    int slots = context.defaultParallelism();
    int reserved = context.getConf().getInt("spark.task.cpus", 1);
    int trials = work.stream().mapToInt(w -> w.trials().size()).max().orElseThrow();
    return context.isLocal()
        ? local(slots, reserved, work.size(), trials)
        : cluster(slots, reserved, work.size());
  }

  static Cores local(int slots, int reserved, int trunks, int trialsOfTrunk) {
    int share = Math.max(1, slots / trunks);
    return new Cores(
        Math.max(reserved, share),
        Math.max(reserved, share / trialsOfTrunk),
        Math.max(1, Math.min(slots, trunks)));
  }

  static Cores cluster(int slots, int reserved, int trunks) {
    return new Cores(reserved, reserved, Math.min(trunks, Math.max(slots, OFFERED_TO_CLUSTER)));
  }
}
