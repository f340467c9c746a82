package org.eigensweep.experiment.probe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Checkpoint;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.FollowedState;
import org.eigensweep.experiment.outcome.Reached;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.MeasuredPoints;
import org.eigensweep.experiment.sweep.Method;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.experiment.sweep.Setting;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.walk.BranchStart;
import org.eigensweep.experiment.walk.LocalRunner;
import org.eigensweep.experiment.walk.Segment;
import org.eigensweep.experiment.walk.TrunkStart;
import org.eigensweep.training.BranchRule;

/**
 * One task's share of a probe. It walks a trunk of each batch size from its start. The first one it
 * takes further towards the switch, without measuring, and from there it walks a branch of each
 * kind: the space turns faster, and costs more, in the first steps than after the switch.
 */
final class ProbeRun {
  /** What makes the steps of two branches cost the same. */
  private record Kind(BranchRule rule, Method method) {
    static Kind of(Continuation branch) {
      return new Kind(branch.rule(), branch.method());
    }
  }

  private final Sweep sweep;
  private final Problem problem;
  private final TrainingPlan plan;
  private final Following following;
  private final Devices devices;
  private final int threads;
  private final double share;
  private final double row;
  private final Map<Kind, Continuation> kinds = new LinkedHashMap<>();
  private long bytes;
  private int steps;

  /**
   * A run that has not begun.
   *
   * @param row seconds of a row without a look, where it comes to none
   */
  ProbeRun(Sweep sweep, Problem problem, Devices devices, int threads, double seconds, double row) {
    this.sweep = sweep;
    this.problem = problem;
    this.plan = sweep.protocol().plan();
    this.following = sweep.protocol().following();
    this.devices = devices;
    this.threads = threads;
    this.row = row;
    sweep.branches().forEach(branch -> kinds.putIfAbsent(Kind.of(branch), branch));
    this.share = seconds / (sweep.batchSizes().size() + 1 + kinds.size()); // 1 for the way on
  }

  /** What it sees; empty if training diverged before there was enough of it. */
  Optional<Probed> walk() {
    Map<Setting<Batches>, PartCost> trunks = new LinkedHashMap<>();
    Optional<SwitchState> at = Optional.empty();
    for (Setting<Batches> batches : sweep.batchSizes()) {
      Trunk trunk = trunk(batches);
      Walked<TrunkOutcome> walked =
          walk(
              plan,
              following,
              0,
              (runner, on) -> runner.runTrunk(trunk, new TrunkStart.Drawn(), on));
      trunks.put(batches, trunkCost(walked));
      if (trunks.size() == 1) {
        at = switchOf(trunk, walked);
      }
    }
    if (at.isEmpty()) {
      return Optional.empty();
    }
    Map<Kind, PartCost> costs = new LinkedHashMap<>();
    double look = trunks.values().iterator().next().look();
    for (Map.Entry<Kind, Continuation> kind : kinds.entrySet()) {
      costs.put(kind.getKey(), branchCost(kind.getValue(), at.get(), look));
    }
    Map<String, PartCost> branches = new LinkedHashMap<>();
    sweep.branches().forEach(branch -> branches.put(branch.name(), costs.get(Kind.of(branch))));
    return Optional.of(new Probed(trunks, branches, bytes, steps));
  }

  /** The rate in the middle: with the largest, training may diverge. */
  private double learningRate() {
    List<Double> sorted = sweep.learningRates().stream().sorted().toList();
    return sorted.get((sorted.size() - 1) / 2);
  }

  private int rank() {
    return sweep.ranks().stream().mapToInt(k -> k).max().orElseThrow();
  }

  private Trunk trunk(Setting<Batches> batches) {
    return new Trunk(
        learningRate(), batches, sweep.seeds().get(0), sweep.ranks(), sweep.branches());
  }

  private interface Body<T> {
    Reached<T> walk(LocalRunner runner, Segment on);
  }

  private record Walked<T>(Reached<T> reached, Clocked clock) {}

  private <T> Walked<T> walk(TrainingPlan walked, Following followed, int start, Body<T> body) {
    Device device = devices.open(problem.precision(), threads);
    MeasuredPoints points = new MeasuredPoints(followed.measuring(), start, plan.steps());
    Clocked clock = new Clocked(device, points, share);
    try (LocalRunner runner = LocalRunner.on(device, problem, walked, followed)) {
      Reached<T> reached = body.walk(runner, clock);
      bytes = Math.max(bytes, clock.mostBytes());
      steps += clock.made();
      return new Walked<>(reached, clock);
    }
  }

  private PartCost trunkCost(Walked<TrunkOutcome> walked) {
    int pairs = following.eigenspace().pairs();
    Clocked clock = walked.clock();
    double other = clock.firstLook() * pairs / Math.max(pairs, clock.firstProducts());
    Spent spent = spent(walked, TrunkOutcome::cost);
    return clock.cost(row, other, spent.aStep(clock), spent.aLook(clock, pairs));
  }

  /**
   * Where branches can start: at the trunk's own switch, or as far on the way there as time allows.
   */
  private Optional<SwitchState> switchOf(Trunk trunk, Walked<TrunkOutcome> walked) {
    Reached<TrunkOutcome> reached = walked.reached();
    Following unmeasured = following.measuredEvery(plan.steps());
    int expected = plan.expectedSwitch();
    if (reached.pause().filter(at -> at.step() < expected).isPresent()) {
      reached = goOn(trunk, reached.pause().get(), expected, unmeasured);
    }
    if (reached.pause().isPresent()) {
      Checkpoint here = reached.pause().get();
      reached = goOn(trunk, here, here.step(), unmeasured);
    }
    return reached.outcome().map(outcome -> outcome.switches().get(rank()));
  }

  private Reached<TrunkOutcome> goOn(
      Trunk trunk, Checkpoint from, int switchStep, Following unmeasured) {
    return walk(
            switchingAt(switchStep),
            unmeasured,
            0,
            (runner, on) -> runner.runTrunk(trunk, new TrunkStart.Resumed(from), on))
        .reached();
  }

  private TrainingPlan switchingAt(int step) {
    return new TrainingPlan(
        plan.openings(),
        plan.optimizer(),
        plan.schedule(),
        plan.warmUp(),
        plan.batches(),
        plan.steps(),
        new SwitchRule.AtStep(step));
  }

  private PartCost branchCost(Continuation branch, SwitchState at, double trunkLook) {
    Trial trial =
        new Trial(
            learningRate(), sweep.batchSizes().get(0), sweep.seeds().get(0), rank(), anew(branch));
    Walked<BranchOutcome> walked =
        walk(
            switchingAt(at.step()),
            following,
            at.step(),
            (runner, on) -> runner.runBranch(trial, new BranchStart.AtSwitch(at), on));
    int pairs = following.eigenspace().pairs();
    Spent spent = spent(walked, BranchOutcome::cost);
    Clocked clock = walked.clock();
    return clock.cost(row, trunkLook, spent.aStep(clock), spent.aLook(clock, pairs));
  }

  /** With a new optimiser where the trunk's may be of another kind, this early in its phases. */
  private Continuation anew(Continuation branch) {
    return !plan.openings().isEmpty() && branch.method() instanceof Method.Own own
        ? new Continuation(
            branch.name(), branch.rule(), new Method.Own(own.recipe(), Method.StateAtSwitch.NEW))
        : branch;
  }

  /**
   * Products that were spent.
   *
   * @param steering on spaces that steer
   * @param observing on those that are measured
   */
  private record Spent(long steering, long observing) {
    double aStep(Clocked clock) {
      return clock.made() == 0 ? 0 : (double) steering / clock.made();
    }

    double aLook(Clocked clock, int pairs) {
      return clock.looks() == 0
          ? pairs
          : (double) (observing - clock.firstProducts()) / clock.looks();
    }
  }

  private interface Costing<T> {
    Cost of(T outcome);
  }

  private static <T> Spent spent(Walked<T> walked, Costing<T> cost) {
    Optional<Checkpoint> pause = walked.reached().pause();
    if (pause.isPresent()) {
      return spent(pause.get());
    }
    long all = cost.of(walked.reached().outcome().orElseThrow()).products();
    long observing = Math.min(all, walked.clock().rowProducts());
    return new Spent(all - observing, observing);
  }

  private static Spent spent(Checkpoint at) {
    long steering = 0;
    for (FollowedState space : at.steering().values()) {
      steering += space.tracker().products();
    }
    return new Spent(steering, at.observing().pairs().products() + at.observing().products());
  }
}
