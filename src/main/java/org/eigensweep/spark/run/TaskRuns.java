package org.eigensweep.spark.run;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.walk.BranchStart;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.experiment.walk.TrunkStart;
import org.eigensweep.spark.output.Located;
import org.eigensweep.spark.progress.PartSigns;
import org.eigensweep.spark.progress.Progress;
import org.eigensweep.spark.task.Cores;

/** Segments of trunks and branches as Spark jobs of one task each. */
public final class TaskRuns implements Runs {
  private final JavaSparkContext spark;
  private final JobNames names;
  private final Broadcast<RunnerBroadcast> runners;
  private final TrunkStarts starts;
  private final Cores cores;
  private final Progress progress;
  private final Segments segments;

  private TaskRuns(
      JavaSparkContext spark,
      RunnerBroadcast runners,
      Cores cores,
      Progress progress,
      Segments segments) {
    this.starts = new TrunkStarts(spark, runners.protocol().plan(), runners.problem());
    this.spark = spark;
    this.names = new JobNames(spark);
    this.runners = spark.broadcast(runners);
    this.cores = cores;
    this.progress = progress;
    this.segments = segments;
  }

  /** Runs trials with the runners of a factory. */
  public static Opener opener(TrialRunner.Factory factory) {
    return (spark, protocol, problem, work, progress, segments) ->
        new TaskRuns(
            spark,
            new RunnerBroadcast(factory, protocol, problem),
            Cores.of(spark.sc(), work.size()),
            progress,
            segments);
  }

  @Override
  public int trunksInFlight() {
    return cores.trunksInFlight();
  }

  @Override
  public int partsInFlight() {
    return cores.partsInFlight();
  }

  @Override
  public Located<Reached<TrunkOutcome>> submitTrunk(Trunk trunk, Optional<Checkpoint> at) {
    TrunkStart from =
        at.isPresent() ? new TrunkStart.Resumed(at.get()) : starts.of(trunk); // may run a warm-up
    Broadcast<TrunkStart> start = spark.broadcast(from);
    try {
      names.enter(trunk, trunk.id(), "trunk " + trunk.id());
      return runOne(
          trunk.id(),
          0,
          at,
          segments.of(trunk),
          (runners, task) -> runners.runTrunk(trunk, start.value(), task));
    } finally {
      start.destroy();
    }
  }

  @Override
  public Branches branches(Trunk trunk, Map<Integer, SwitchState> switches) {
    Map<Integer, Broadcast<SwitchState>> sent = new LinkedHashMap<>();
    switches.forEach((rank, at) -> sent.put(rank, spark.broadcast(at)));
    return new TaskBranches(trunk, sent);
  }

  private final class TaskBranches implements Branches {
    private final Trunk trunk;
    private final Map<Integer, Broadcast<SwitchState>> switches;

    TaskBranches(Trunk trunk, Map<Integer, Broadcast<SwitchState>> switches) {
      this.trunk = trunk;
      this.switches = switches;
    }

    @Override
    public Located<Reached<BranchOutcome>> submitBranch(Trial trial, Optional<Checkpoint> at) {
      names.enter(trunk, trial.id(), "branch " + trial.id());
      Broadcast<SwitchState> from = switches.get(trial.rank());
      Broadcast<Checkpoint> paused = at.map(spark::broadcast).orElse(null);
      try {
        return runOne(
            trial.id(),
            from.value().step(),
            at,
            segments.of(trial),
            (runners, task) -> runners.runBranch(trial, start(from, paused), task));
      } finally {
        if (paused != null) {
          paused.destroy();
        }
      }
    }

    @Override
    public void close() {
      switches.values().forEach(Broadcast::destroy);
    }
  }

  private static BranchStart start(Broadcast<SwitchState> from, Broadcast<Checkpoint> paused) {
    return paused == null
        ? new BranchStart.AtSwitch(from.value())
        : new BranchStart.Resumed(from.value(), paused.value());
  }

  private interface Body<T> extends Serializable {
    Reached<T> in(RunnerBroadcast runners, RunnerBroadcast.Task task);
  }

  /**
   * Runs a segment of a part.
   *
   * @param first number of the part's first step
   * @param at where it paused; empty at its start
   */
  private <T> Located<Reached<T>> runOne(
      String part, int first, Optional<Checkpoint> at, SegmentPlan plan, Body<T> body) {
    PartSigns signs = PartSigns.of(spark.sc(), part, progress.rankOf(part));
    progress.follow(part, signs, at.map(it -> it.step() - first).orElse(0), at);
    Broadcast<RunnerBroadcast> runners = this.runners; // the task must not capture this object
    int threads = cores.threads();
    var task = new RunnerBroadcast.Task(threads, plan, signs);
    Located<Reached<T>> reached =
        spark
            .parallelize(List.of(0), 1)
            .map(ignored -> new Located<>(body.in(runners.value(), task), executorHost(), threads))
            .collect()
            .get(0);
    if (reached.result() == null) {
      throw new UnreachableCheckpointException(part);
    }
    return reached;
  }

  private static String executorHost() {
    return SparkEnv.get().blockManager().blockManagerId().host();
  }

  @Override
  public void close() {
    runners.destroy();
  }
}
