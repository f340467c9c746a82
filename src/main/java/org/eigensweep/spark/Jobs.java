package org.eigensweep.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.eigensweep.experiment.BranchOutcome;
import org.eigensweep.experiment.Checkpoint;
import org.eigensweep.experiment.Trial;
import org.eigensweep.experiment.Trunk;
import org.eigensweep.experiment.TrunkOutcome;

/**
 * Trunks and branches as Spark jobs of one task each. An executor cannot start a job, so each
 * method blocks its driver thread until the task is done. Jobs are grouped and described by trunk
 * and trial, and run in a scheduler pool a trunk: the Spark UI reads as the sweep.
 */
final class Jobs {
  private final JavaSparkContext spark;
  private final Broadcast<Bench> bench;
  private final Cores cores;
  private final Progress progress;

  Jobs(JavaSparkContext spark, Broadcast<Bench> bench, Cores cores, Progress progress) {
    this.spark = spark;
    this.bench = bench;
    this.cores = cores;
    this.progress = progress;
  }

  /**
   * What a task returned, and where it ran.
   *
   * @param outcome the result
   * @param host name of the executor's host
   * @param threads cores that the task was allowed
   */
  record Ran<T>(T outcome, String host, int threads) implements Serializable {}

  /** Runs a trunk on an executor. */
  Ran<TrunkOutcome> run(Trunk trunk) {
    enter(trunk, trunk.id(), "trunk " + trunk.id());
    int threads = cores.trunk();
    return runOne(trunk.id(), threads, (bench, steps) -> bench.run(trunk, threads, steps));
  }

  /** Runs a branch of the trunk on an executor, from the state at its switch. */
  Ran<BranchOutcome> run(Trunk trunk, Trial trial, Broadcast<Checkpoint> from) {
    enter(trunk, trial.id(), "branch " + trial.id());
    int threads = cores.branch();
    return runOne(
        trial.id(), threads, (bench, steps) -> bench.run(trial, from.value(), threads, steps));
  }

  /** Puts the jobs that this thread starts from now on under a name. */
  void enter(Trunk trunk, String group, String description) {
    spark.setLocalProperty("spark.scheduler.pool", trunk.id());
    spark.setJobGroup(group, description);
  }

  /** Sends a state to the executors; the caller destroys it. */
  Broadcast<Checkpoint> broadcast(Checkpoint state) {
    return spark.broadcast(state);
  }

  private interface Body<T> extends Serializable {
    T run(Bench bench, LongAccumulator steps);
  }

  private <T> Ran<T> runOne(String part, int threads, Body<T> body) {
    LongAccumulator steps = spark.sc().longAccumulator("steps of " + part);
    progress.follow(part, steps.id());
    Broadcast<Bench> bench = this.bench; // the task must not capture this object
    return spark
        .parallelize(List.of(0), 1)
        .map(ignored -> new Ran<>(body.run(bench.value(), steps), executorHost(), threads))
        .collect()
        .get(0);
  }

  private static String executorHost() {
    return SparkEnv.get().blockManager().blockManagerId().host();
  }
}
