package org.eigensweep.experiment.walk;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.curvature.Objective;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.Phase;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.outcome.Watched;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.training.UpdateRule;

/** Runs trunks and branches of a problem on one device. */
public final class LocalRunner implements TrialRunner {
  private final Problem problem;
  private final TrainingPlan plan;
  private final Following following;
  private final Device device;
  private final Objective train;
  private final Objective test;

  private LocalRunner(
      Problem problem,
      TrainingPlan plan,
      Following following,
      Device device,
      Objective train,
      Objective test) {
    this.problem = problem;
    this.plan = plan;
    this.following = following;
    this.device = device;
    this.train = train;
    this.test = test;
  }

  /** Opens a runner whose arithmetic is done by the processor. */
  public static LocalRunner local(Protocol protocol, Problem problem, int threads) {
    return local(protocol, problem, Devices.processor(), threads);
  }

  /** Opens a runner whose arithmetic is done on one of these devices. */
  public static LocalRunner local(
      Protocol protocol, Problem problem, Devices devices, int threads) {
    Device device = devices.open(problem.precision(), threads);
    return on(device, problem, protocol.plan(), protocol.following());
  }

  /**
   * Opens a runner.
   *
   * @param device where everything lives; closed with the runner, or if this fails
   * @param problem what is trained
   * @param plan how it is trained
   * @param following what is followed meanwhile
   */
  public static LocalRunner on(
      Device device, Problem problem, TrainingPlan plan, Following following) {
    try {
      Objective train = problem.train(device);
      return new LocalRunner(problem, plan, following, device, train, problem.test(device));
    } catch (RuntimeException | Error e) { // memory for the examples may run out
      device.close();
      throw e;
    }
  }

  @Override
  public Reached<TrunkOutcome> runTrunk(Trunk trunk, TrunkStart from, Segment segment) {
    Batches batches = trunk.batches().or(plan.batches());
    var course =
        new BaseUpdates.Course(plan, plan.trunkLegs(), trunk.learningRate(), batches, trunk.seed());
    var start =
        new Trajectory.Start(
            Phase.TRUNK, UpdateRule.PLAIN, trunk.ranks(), 0, theta(trunk, from), course);
    try (Trajectory trajectory = new Trajectory(this, start)) {
      SwitchGuide guide = new SwitchGuide(plan, trunk.ranks(), trajectory);
      if (from instanceof TrunkStart.Resumed resumed) {
        trajectory.restore(resumed.at());
        guide.restore(resumed.at().watched());
      }
      Trajectory.End end = trajectory.walk(guide, segment);
      return end == Trajectory.End.PAUSED
          ? new Reached.Paused<>(trajectory.checkpoint(segment, guide.watched()))
          : new Reached.Ended<>(outcome(trunk, end, trajectory, guide.switches()));
    }
  }

  private MatrixSource theta(Trunk trunk, TrunkStart from) {
    if (from instanceof TrunkStart.Given given) {
      return given.theta();
    }
    return from instanceof TrunkStart.Resumed resumed
        ? resumed.at().theta()
        : problem.start(trunk.seed());
  }

  private static TrunkOutcome outcome(
      Trunk trunk, Trajectory.End end, Trajectory trajectory, Map<Integer, SwitchState> switches) {
    Status status =
        end == Trajectory.End.DIVERGED
            ? Status.DIVERGED
            : switches.size() == trunk.ranks().size() ? Status.COMPLETED : Status.NOT_SWITCHED;
    Map<Integer, Cost> unswitched = new TreeMap<>();
    for (int rank : trunk.ranks()) {
      if (!switches.containsKey(rank)) {
        unswitched.put(rank, trajectory.meter().of(rank));
      }
    }
    return new TrunkOutcome(
        trunk,
        status,
        trajectory.measurements(),
        trajectory.kept(),
        switches,
        unswitched,
        trajectory.meter().all());
  }

  @Override
  public Reached<BranchOutcome> runBranch(Trial trial, BranchStart from, Segment segment) {
    SwitchState at = from.from();
    try (Trajectory trajectory = new Trajectory(this, start(trial, at))) {
      if (from instanceof BranchStart.Resumed resumed) {
        trajectory.restore(resumed.at());
      } else {
        trajectory.steering().startFrom(trial.rank(), at.space());
        if (trial.branch().keepsOptimizerState()) {
          trajectory.startFrom(at.optimizer());
        }
      }
      Trajectory.End end = trajectory.walk(new BranchGuide(trial.branch().rule()), segment);
      if (end == Trajectory.End.PAUSED) {
        return new Reached.Paused<>(trajectory.checkpoint(segment, Watched.NOTHING));
      }
      Status status = end == Trajectory.End.DIVERGED ? Status.DIVERGED : Status.COMPLETED;
      return new Reached.Ended<>(
          new BranchOutcome(
              status, trajectory.measurements(), trajectory.kept(), trajectory.meter().all()));
    }
  }

  private Trajectory.Start start(Trial trial, SwitchState at) {
    var course =
        new BaseUpdates.Course(
            plan,
            plan.branchLegs(trial.branch(), at.step()),
            trial.learningRate(),
            trial.batches().or(plan.batches()),
            trial.seed());
    return new Trajectory.Start(
        Phase.BRANCH, trial.branch().rule(), List.of(trial.rank()), at.step(), at.theta(), course);
  }

  TrainingPlan plan() {
    return plan;
  }

  Following following() {
    return following;
  }

  /** Where the parameters of each layer lie; empty where there are none. */
  Map<String, IndexRange> layers() {
    return problem.layers();
  }

  Objective train() {
    return train;
  }

  Objective test() {
    return test;
  }

  @Override
  public void close() {
    train.close();
    test.close();
    device.close();
  }
}
