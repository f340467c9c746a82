package org.eigensweep.spark.run;

import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.spark.SparkEnv;
import org.eigensweep.experiment.BranchOutcome;
import org.eigensweep.experiment.Checkpoint;
import org.eigensweep.experiment.Trial;
import org.eigensweep.experiment.TrialRunner;
import org.eigensweep.experiment.Trunk;
import org.eigensweep.experiment.TrunkOutcome;
import org.eigensweep.experiment.TrunkStart;
import org.eigensweep.spark.output.Completed;
import org.eigensweep.spark.parallel.SpreadTraining;
import org.eigensweep.spark.progress.Progress;

/** Trunks and branches on driver threads, with a Spark job for each pass over the training set. */
final class ThreadRuns implements Runs {
  /**
   * Trials under way at the same time. Each has a linearisation on the executors and vectors on the
   * driver, so they must be few; one would leave the executors idle while the driver works.
   */
  private static final int IN_FLIGHT = 2;

  private final JobNames names;
  private final TrunkStarts starts;
  private final SpreadTraining training;
  private final Progress progress;
  private final Function<Trunk, String> snapshots;
  private final Semaphore places = new Semaphore(IN_FLIGHT);

  private ThreadRuns(
      JobNames names,
      TrunkStarts starts,
      SpreadTraining training,
      Progress progress,
      Function<Trunk, String> snapshots) {
    this.starts = starts;
    this.names = names;
    this.training = training;
    this.progress = progress;
    this.snapshots = snapshots;
  }

  static Opener opener(Placement.DataParallel placement) {
    return (spark, protocol, data, work, progress, snapshots) -> {
      JobNames names = new JobNames(spark);
      names.describe("send the training set");
      return new ThreadRuns(
          names,
          new TrunkStarts(spark, protocol, data.train()),
          placement
              .vectors()
              .spread(spark, protocol, data, placement.partitions(), placement.reduction()),
          progress,
          snapshots);
    };
  }

  @Override
  public int trunksInFlight() {
    return IN_FLIGHT;
  }

  @Override
  public Completed<TrunkOutcome> submitTrunk(Trunk trunk) {
    TrunkStart start = starts.of(trunk);
    return runOne(
        trunk, trunk.id(), 0, (runner, stepped) -> runner.runTrunk(trunk, start, stepped));
  }

  @Override
  public Branches branches(Trunk trunk, Map<Integer, Checkpoint> switches) {
    return new ThreadBranches(trunk, switches);
  }

  private final class ThreadBranches implements Branches {
    private final Trunk trunk;
    private final Map<Integer, Checkpoint> switches;

    ThreadBranches(Trunk trunk, Map<Integer, Checkpoint> switches) {
      this.trunk = trunk;
      this.switches = switches;
    }

    @Override
    public Completed<BranchOutcome> submitBranch(Trial trial) {
      Checkpoint from = switches.get(trial.rank());
      return runOne(
          trunk,
          trial.id(),
          from.step(),
          (runner, stepped) -> runner.runBranch(trial, from, stepped));
    }

    @Override
    public void close() {
      // the states are the driver's own
    }
  }

  private interface Body<T> {
    T by(TrialRunner runner, Runnable stepped);
  }

  /** Runs a part of a trial whose first step is numbered so. */
  private <T> Completed<T> runOne(Trunk trunk, String part, int firstStep, Body<T> body) {
    places.acquireUninterruptibly();
    AtomicLong made = new AtomicLong();
    names.enter(trunk, part, part);
    try (TrialRunner runner =
        training.open(
            snapshots.apply(trunk),
            purpose ->
                names.describe(
                    "%s step %d: %s".formatted(part, firstStep + made.get(), purpose)))) {
      T outcome = body.by(runner, () -> progress.made(part, made.incrementAndGet()));
      return new Completed<>(outcome, host(), training.threads());
    } finally {
      places.release();
    }
  }

  private static String host() {
    return SparkEnv.get().blockManager().blockManagerId().host();
  }

  @Override
  public void close() {
    training.close();
  }
}
