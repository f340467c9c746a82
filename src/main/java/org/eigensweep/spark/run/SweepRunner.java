package org.eigensweep.spark.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.SharedBranch;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrialOutcome;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.PendingTrunk;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.output.Checkpoints;
import org.eigensweep.spark.output.Located;
import org.eigensweep.spark.output.Results;
import org.eigensweep.spark.progress.Progress;

/**
 * The driver's side of a sweep: a thread for each trunk in flight and for each of its branches,
 * which wait for what runs and write the tables. A trial that fails leaves the others alone.
 */
public final class SweepRunner implements AutoCloseable {
  private final Runs runs;
  private final Results results;
  private final Checkpoints checkpoints;
  private final Segments segments;
  private final Progress progress;
  private final Failures failures;
  private final Semaphore places;
  private final ExecutorService trunks;
  private final ExecutorService branches = Executors.newCachedThreadPool();
  private final Map<String, TrialSummary> finished = new ConcurrentHashMap<>();

  public SweepRunner(
      Runs runs, Results results, Segments segments, Progress progress, Failures failures) {
    this.runs = runs;
    this.results = results;
    this.checkpoints = results.checkpoints();
    this.segments = segments;
    this.progress = progress;
    this.failures = failures;
    this.places = new Semaphore(runs.partsInFlight(), true);
    this.trunks = Executors.newFixedThreadPool(runs.trunksInFlight());
  }

  /** Runs all of the work and returns the trials that came to an end, by id. */
  public Map<String, TrialSummary> runAll(List<PendingTrunk> work) {
    progress.show();
    awaitAll(trunks, work, this::runTrunk);
    return finished;
  }

  private void runTrunk(PendingTrunk work) {
    Located<TrunkOutcome> trunk;
    try {
      trunk = outcome(work);
      progress.trunkDone(work, trunk.result());
    } catch (Throwable e) { // Spark throws checked exceptions that Scala does not declare
      progress.dropped(work.trunk().id());
      work.trials().forEach(trial -> failed(trial, e));
      return;
    }
    try (Runs.Branches ready = runs.branches(work.trunk(), trunk.result().switches())) {
      List<SharedBranch> all = SharedBranch.of(work.trials(), trunk.result().switches());
      awaitAll(branches, all, branch -> runBranch(trunk, branch, ready));
    }
    if (work.trials().stream().allMatch(trial -> finished.containsKey(trial.id()))) {
      checkpoints.release(work.trunk());
    }
  }

  /** What the trunk left, in an earlier run or now. */
  private Located<TrunkOutcome> outcome(PendingTrunk work) {
    Trunk trunk = work.trunk();
    Optional<Located<Reached<TrunkOutcome>>> before = checkpoints.of(trunk);
    Optional<TrunkOutcome> ended = before.flatMap(it -> it.result().outcome());
    if (ended.isPresent()) {
      return before.get().map(reached -> ended.get());
    }
    PartRun<TrunkOutcome> run =
        new PartRun<>(segments, at -> runs.submitTrunk(trunk, at), at -> keep(work, at));
    Located<TrunkOutcome> now = run(run, before);
    checkpoints.keep(trunk, now.map(Reached.Ended::new));
    return now;
  }

  /** Runs a part from its start, or from where it paused, while it holds one of the places. */
  private <T> Located<T> run(PartRun<T> part, Optional<Located<Reached<T>>> before) {
    Optional<Checkpoint> at = before.flatMap(reached -> reached.result().pause());
    places.acquireUninterruptibly();
    try {
      return part.from(at);
    } finally {
      places.release();
    }
  }

  private boolean keep(PendingTrunk work, Located<Checkpoint> at) {
    boolean kept = checkpoints.keep(work.trunk(), at.map(Reached.Paused::new));
    for (Trial trial : work.trials()) {
      results.show(trial, at.result().pointsOf(trial.rank()));
    }
    return kept;
  }

  private void runBranch(Located<TrunkOutcome> trunk, SharedBranch branch, Runs.Branches ready) {
    Trial leader = branch.leader();
    if (!trunk.result().switches().containsKey(leader.rank())) {
      finish(leader, trial -> notSwitched(trunk, trial));
      return;
    }
    Located<BranchOutcome> ran;
    try {
      PartRun<BranchOutcome> run =
          new PartRun<>(
              segments,
              at -> ready.submitBranch(leader, at),
              at -> keep(trunk.result(), branch, at));
      ran = run(run, checkpoints.of(leader));
      progress.branchDone(leader, ran.result().cost());
    } catch (Throwable e) { // as above
      branch.trials().forEach(trial -> failed(trial, e));
      return;
    }
    for (Trial each : branch.trials()) {
      finish(each, trial -> switched(trunk.result(), trial, ran));
    }
    if (branch.trials().stream().allMatch(trial -> finished.containsKey(trial.id()))) {
      checkpoints.release(leader);
    }
  }

  private boolean keep(TrunkOutcome trunk, SharedBranch branch, Located<Checkpoint> at) {
    boolean kept = checkpoints.keep(branch.leader(), at);
    for (Trial trial : branch.trials()) {
      SwitchState from = trunk.switches().get(trial.rank());
      List<Measurement> points = at.result().measurements();
      results.show(trial, TrialOutcome.points(trunk.measurements(), from, points));
    }
    return kept;
  }

  private interface Writing {
    TrialSummary of(Trial trial) throws IOException;
  }

  private void finish(Trial trial, Writing writing) {
    try {
      TrialSummary summary = writing.of(trial);
      finished.put(trial.id(), summary);
      progress.ended(summary);
    } catch (Throwable e) { // as above
      failed(trial, e);
    }
  }

  private TrialSummary notSwitched(Located<TrunkOutcome> trunk, Trial trial) throws IOException {
    return results.write(trunk.map(outcome -> TrialOutcome.withoutSwitch(trial, outcome)));
  }

  private TrialSummary switched(TrunkOutcome trunk, Trial trial, Located<BranchOutcome> branch)
      throws IOException {
    SwitchState from = trunk.switches().get(trial.rank());
    return results.write(branch.map(outcome -> TrialOutcome.of(trial, trunk, from, outcome)));
  }

  private void failed(Trial trial, Throwable cause) {
    progress.failed(trial);
    failures.add(trial, cause);
  }

  private interface Step<T> {
    void take(T item);
  }

  private static <T> void awaitAll(ExecutorService pool, List<T> items, Step<T> step) {
    List<Callable<Boolean>> calls =
        items.stream()
            .<Callable<Boolean>>map(
                item ->
                    () -> {
                      step.take(item);
                      return true;
                    })
            .toList();
    try {
      for (var call : pool.invokeAll(calls)) {
        call.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before all trials were finished", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a driver thread failed: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    trunks.shutdownNow();
    branches.shutdownNow();
  }
}
