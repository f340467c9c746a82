package org.eigensweep.spark.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eigensweep.experiment.BranchOutcome;
import org.eigensweep.experiment.Checkpoint;
import org.eigensweep.experiment.PendingTrunk;
import org.eigensweep.experiment.SharedBranch;
import org.eigensweep.experiment.Trial;
import org.eigensweep.experiment.TrialOutcome;
import org.eigensweep.experiment.TrialSummary;
import org.eigensweep.experiment.Trunk;
import org.eigensweep.experiment.TrunkOutcome;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.output.Completed;
import org.eigensweep.spark.output.Results;
import org.eigensweep.spark.progress.Progress;

/**
 * The driver's side of a sweep: a thread for each trunk in flight and for each of its branches,
 * which wait for what runs and write the tables. A trial that fails leaves the others alone.
 */
public final class SweepRunner implements AutoCloseable {
  private final Runs runs;
  private final Results results;
  private final Progress progress;
  private final Failures failures;
  private final ExecutorService trunks;
  private final ExecutorService branches = Executors.newCachedThreadPool();
  private final Map<String, TrialSummary> finished = new ConcurrentHashMap<>();

  public SweepRunner(Runs runs, Results results, Progress progress, Failures failures) {
    this.runs = runs;
    this.results = results;
    this.progress = progress;
    this.failures = failures;
    this.trunks = Executors.newFixedThreadPool(runs.trunksInFlight());
  }

  /** Runs all of the work and returns the trials that came to an end, by id. */
  public Map<String, TrialSummary> runAll(List<PendingTrunk> work) {
    progress.show();
    awaitAll(trunks, work, this::runTrunk);
    return finished;
  }

  private void runTrunk(PendingTrunk work) {
    Completed<TrunkOutcome> trunk;
    try {
      trunk = results.kept(work.trunk()).orElseGet(() -> runAndKeep(work.trunk()));
      progress.trunkDone(work, trunk.outcome());
    } catch (Throwable e) { // Spark throws checked exceptions that Scala does not declare
      progress.dropped(work.trunk().id());
      work.trials().forEach(trial -> failed(trial, e));
      return;
    }
    try (Runs.Branches ready = runs.branches(work.trunk(), trunk.outcome().switches())) {
      List<SharedBranch> all = SharedBranch.of(work.trials(), trunk.outcome().switches());
      awaitAll(branches, all, branch -> runBranch(trunk, branch, ready));
    }
    if (work.trials().stream().allMatch(trial -> finished.containsKey(trial.id()))) {
      results.release(work.trunk());
    }
  }

  private Completed<TrunkOutcome> runAndKeep(Trunk trunk) {
    Completed<TrunkOutcome> ran = runs.submitTrunk(trunk);
    results.keep(ran);
    return ran;
  }

  private void runBranch(Completed<TrunkOutcome> trunk, SharedBranch branch, Runs.Branches ready) {
    if (!trunk.outcome().switches().containsKey(branch.leader().rank())) {
      finish(branch.leader(), trial -> notSwitched(trunk, trial));
      return;
    }
    Completed<BranchOutcome> ran;
    try {
      ran = ready.submitBranch(branch.leader());
      progress.branchDone(branch.leader(), ran.outcome().cost().steps());
    } catch (Throwable e) { // as above
      branch.trials().forEach(trial -> failed(trial, e));
      return;
    }
    for (Trial each : branch.trials()) {
      finish(each, trial -> switched(trunk.outcome(), trial, ran));
    }
  }

  private interface Writing {
    TrialSummary of(Trial trial) throws IOException;
  }

  private void finish(Trial trial, Writing writing) {
    try {
      finished.put(trial.id(), writing.of(trial));
    } catch (Throwable e) { // as above
      failed(trial, e);
    }
  }

  private TrialSummary notSwitched(Completed<TrunkOutcome> trunk, Trial trial) throws IOException {
    TrialOutcome outcome = TrialOutcome.withoutSwitch(trial, trunk.outcome());
    return write(outcome, trunk);
  }

  private TrialSummary switched(TrunkOutcome trunk, Trial trial, Completed<BranchOutcome> branch)
      throws IOException {
    Checkpoint from = trunk.switches().get(trial.rank());
    return write(TrialOutcome.of(trial, trunk, from, branch.outcome()), branch);
  }

  private TrialSummary write(TrialOutcome outcome, Completed<?> last) throws IOException {
    return results.write(outcome, last.host(), last.threads());
  }

  private void failed(Trial trial, Throwable cause) {
    progress.dropped(trial.id());
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
