package org.eigensweep.spark.run;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkEnv;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.walk.BranchStart;
import org.eigensweep.experiment.walk.Segment;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.experiment.walk.TrunkStart;
import org.eigensweep.spark.output.Located;
import org.eigensweep.spark.parallel.SpreadTraining;
import org.eigensweep.spark.progress.PartListener;
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
  private final Segments segments;

  private ThreadRuns(
      JobNames names,
      TrunkStarts starts,
      SpreadTraining training,
      Progress progress,
      Segments segments) {
    this.starts = starts;
    this.names = names;
    this.training = training;
    this.progress = progress;
    this.segments = segments;
  }

  static Opener opener(Placement.DataParallel placement) {
    return (spark, protocol, problem, work, progress, segments) -> {
      NetworkProblem network = NetworkProblem.of(problem, "data-parallel placement");
      JobNames names = new JobNames(spark);
      names.describe("send the training set");
      return new ThreadRuns(
          names,
          new TrunkStarts(spark, protocol.plan(), network),
          placement
              .vectors()
              .spread(
                  spark,
                  protocol,
                  network,
                  placement.partitions(),
                  placement.reduction(),
                  placement.device()),
          progress,
          segments);
    };
  }

  @Override
  public int trunksInFlight() {
    return IN_FLIGHT;
  }

  @Override
  public int partsInFlight() {
    return IN_FLIGHT;
  }

  @Override
  public Located<Reached<TrunkOutcome>> submitTrunk(Trunk trunk, Optional<Checkpoint> at) {
    TrunkStart start = at.isPresent() ? new TrunkStart.Resumed(at.get()) : starts.of(trunk);
    Steps steps = new Steps(0, at.map(Checkpoint::step).orElse(0));
    return runOne(
        trunk,
        trunk.id(),
        steps,
        segments.of(trunk),
        (runner, segment) -> runner.runTrunk(trunk, start, segment));
  }

  @Override
  public Branches branches(Trunk trunk, Map<Integer, SwitchState> switches) {
    return new ThreadBranches(trunk, switches);
  }

  private final class ThreadBranches implements Branches {
    private final Trunk trunk;
    private final Map<Integer, SwitchState> switches;

    ThreadBranches(Trunk trunk, Map<Integer, SwitchState> switches) {
      this.trunk = trunk;
      this.switches = switches;
    }

    @Override
    public Located<Reached<BranchOutcome>> submitBranch(Trial trial, Optional<Checkpoint> at) {
      SwitchState from = switches.get(trial.rank());
      Steps steps = new Steps(from.step(), at.map(it -> it.step() - from.step()).orElse(0));
      return runOne(
          trunk,
          trial.id(),
          steps,
          segments.of(trial),
          (runner, segment) -> runner.runBranch(trial, BranchStart.of(from, at), segment));
    }

    @Override
    public void close() {
      // the states are the driver's own
    }
  }

  /** The steps of a part: the number of its first, and how many it has made. */
  private static final class Steps {
    private final int first;
    private final AtomicLong made;

    Steps(int first, int made) {
      this.first = first;
      this.made = new AtomicLong(made);
    }

    long now() {
      return first + made.get();
    }
  }

  /** Tells the progress, which is in this process. */
  private final class Telling implements PartListener {
    private final String part;
    private final Steps steps;

    Telling(String part, Steps steps) {
      this.part = part;
      this.steps = steps;
    }

    @Override
    public void stepped() {
      progress.made(part, steps.made.incrementAndGet());
    }

    @Override
    public void measured(Measurement point) {
      progress.measured(part, point);
    }
  }

  /** Runs a segment of a part. */
  private <T> Located<Reached<T>> runOne(
      Trunk trunk, String part, Steps steps, SegmentPlan plan, SegmentBody<T> body) {
    names.enter(trunk, part, part);
    Segment segment = plan.prepare(new Telling(part, steps));
    try (TrialRunner runner =
        training.open(
            plan.vectors(),
            purpose -> names.describe("%s step %d: %s".formatted(part, steps.now(), purpose)))) {
      return new Located<>(body.run(runner, segment), host(), training.threads());
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
