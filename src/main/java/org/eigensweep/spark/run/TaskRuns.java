package org.eigensweep.spark.run;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.eigensweep.experiment.BranchOutcome;
import org.eigensweep.experiment.Checkpoint;
import org.eigensweep.experiment.Trial;
import org.eigensweep.experiment.TrialRunner;
import org.eigensweep.experiment.Trunk;
import org.eigensweep.experiment.TrunkOutcome;
import org.eigensweep.experiment.TrunkStart;
import org.eigensweep.spark.output.Completed;
import org.eigensweep.spark.progress.Progress;
import org.eigensweep.spark.task.Cores;

/** Trunks and branches as Spark jobs of one task each. */
public final class TaskRuns implements Runs {
  private final JavaSparkContext spark;
  private final JobNames names;
  private final Broadcast<RunnerBroadcast> runners;
  private final TrunkStarts starts;
  private final Cores cores;
  private final Progress progress;

  private TaskRuns(
      JavaSparkContext spark, RunnerBroadcast runners, Cores cores, Progress progress) {
    this.starts = new TrunkStarts(spark, runners.protocol(), runners.data().train());
    this.spark = spark;
    this.names = new JobNames(spark);
    this.runners = spark.broadcast(runners);
    this.cores = cores;
    this.progress = progress;
  }

  /** Runs trials with the runners of a factory. */
  public static Opener opener(TrialRunner.Factory factory) {
    return (spark, protocol, data, work, progress, snapshots) ->
        new TaskRuns(
            spark,
            new RunnerBroadcast(factory, protocol, data),
            Cores.of(spark.sc(), work.size()),
            progress);
  }

  @Override
  public int trunksInFlight() {
    return cores.trunksInFlight();
  }

  @Override
  public Completed<TrunkOutcome> submitTrunk(Trunk trunk) {
    Broadcast<TrunkStart> start = spark.broadcast(starts.of(trunk));
    try {
      names.enter(trunk, trunk.id(), "trunk " + trunk.id());
      int threads = cores.threads();
      return runOne(
          trunk.id(),
          threads,
          (runners, steps) -> runners.runTrunk(trunk, start.value(), threads, steps));
    } finally {
      start.destroy();
    }
  }

  @Override
  public Branches branches(Trunk trunk, Map<Integer, Checkpoint> switches) {
    Map<Integer, Broadcast<Checkpoint>> sent = new LinkedHashMap<>();
    switches.forEach((rank, at) -> sent.put(rank, spark.broadcast(at)));
    return new TaskBranches(trunk, sent);
  }

  private final class TaskBranches implements Branches {
    private final Trunk trunk;
    private final Map<Integer, Broadcast<Checkpoint>> switches;

    TaskBranches(Trunk trunk, Map<Integer, Broadcast<Checkpoint>> switches) {
      this.trunk = trunk;
      this.switches = switches;
    }

    @Override
    public Completed<BranchOutcome> submitBranch(Trial trial) {
      names.enter(trunk, trial.id(), "branch " + trial.id());
      int threads = cores.threads();
      Broadcast<Checkpoint> from = switches.get(trial.rank());
      return runOne(
          trial.id(),
          threads,
          (runners, steps) -> runners.runBranch(trial, from.value(), threads, steps));
    }

    @Override
    public void close() {
      switches.values().forEach(Broadcast::destroy);
    }
  }

  private interface Body<T> extends Serializable {
    T in(RunnerBroadcast runners, LongAccumulator steps);
  }

  private <T> Completed<T> runOne(String part, int threads, Body<T> body) {
    LongAccumulator steps = spark.sc().longAccumulator("steps of " + part);
    progress.follow(part, steps.id());
    Broadcast<RunnerBroadcast> runners = this.runners; // the task must not capture this object
    return spark
        .parallelize(List.of(0), 1)
        .map(ignored -> new Completed<>(body.in(runners.value(), steps), executorHost(), threads))
        .collect()
        .get(0);
  }

  private static String executorHost() {
    return SparkEnv.get().blockManager().blockManagerId().host();
  }

  @Override
  public void close() {
    runners.destroy();
  }
}
