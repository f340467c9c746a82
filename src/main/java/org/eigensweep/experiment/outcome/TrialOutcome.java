package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eigensweep.experiment.sweep.Trial;

/**
 * A finished trial: trunk and branch as one trajectory.
 *
 * @param trial the trial
 * @param status how it ended
 * @param switchStep step of the switch, or −1 if there was none
 * @param switchAlignment χ_k(∇L) at the switch, NaN if there was none
 * @param measurements points in order of steps, trunk first
 * @param kept points that are kept, in order of steps, trunk first
 * @param trunkCost what the trunk cost up to its switch, which other trials may share
 * @param branchCost what the branch cost, all zero if there was none; trials of one rule that does
 *     not project may share it
 */
public record TrialOutcome(
    Trial trial,
    Status status,
    int switchStep,
    double switchAlignment,
    List<Measurement> measurements,
    List<KeptPoint> kept,
    Cost trunkCost,
    Cost branchCost)
    implements Serializable {

  /** A trial whose trunk switched. */
  public static TrialOutcome of(
      Trial trial, TrunkOutcome trunk, SwitchState at, BranchOutcome branch) {
    return new TrialOutcome(
        trial,
        branch.status(),
        at.step(),
        at.alignment(),
        points(trunk.measurements(), at, branch.measurements()),
        kept(trunk.kept(), at, branch.kept()),
        at.cost(),
        branch.cost());
  }

  /**
   * The points of a trial, up to where its branch has come.
   *
   * @param trunk points of its trunk
   * @param at its switch
   * @param branch points of its branch
   */
  public static List<Measurement> points(
      List<Measurement> trunk, SwitchState at, List<Measurement> branch) {
    List<Measurement> all = new ArrayList<>();
    trunk.stream().filter(m -> m.step() < at.step()).forEach(all::add);
    branch.forEach(m -> all.add(m.later(at.cost().seconds())));
    return all;
  }

  /** Those before the switch are the trunk's, the others the branch's. */
  private static List<KeptPoint> kept(
      List<KeptPoint> trunk, SwitchState at, List<KeptPoint> branch) {
    return Stream.concat(trunk.stream().filter(p -> p.step() < at.step()), branch.stream())
        .toList();
  }

  /** A trial whose trunk ended before its switch. */
  public static TrialOutcome withoutSwitch(Trial trial, TrunkOutcome trunk) {
    return new TrialOutcome(
        trial,
        trunk.status(),
        -1,
        Double.NaN,
        trunk.measurements(),
        trunk.kept(),
        trunk.unswitched().get(trial.rank()),
        new Cost(0, 0, 0, 0, 0, 0));
  }

  /** The last point; of a diverged trial the one at which it diverged. */
  private Optional<Measurement> last() {
    return measurements.isEmpty()
        ? Optional.empty()
        : Optional.of(measurements.get(measurements.size() - 1));
  }

  /** The points from the switch on, its own included. */
  private Stream<Measurement> branch() {
    return measurements.stream().filter(m -> m.phase() == Phase.BRANCH);
  }

  /** The trial in one row. A diverged trial has no end: what it had before is not its result. */
  public TrialSummary summary() {
    boolean diverged = status == Status.DIVERGED;
    Optional<Measurement> last = diverged ? Optional.empty() : last();
    return new TrialSummary(
        trial,
        status,
        switchStep,
        switchAlignment,
        branch().mapToDouble(Measurement::trainLoss).findFirst().orElse(Double.NaN),
        branch()
            .mapToDouble(m -> m.gradientAlignment(trial.rank()))
            .filter(Double::isFinite)
            .average()
            .orElse(Double.NaN),
        diverged ? last().map(Measurement::step).orElse(-1) : -1,
        last.map(Measurement::step).orElse(-1),
        last.map(Measurement::trainLoss).orElse(Double.NaN),
        last.map(m -> m.train().accuracy()).orElse(Double.NaN),
        last.map(Measurement::testLoss).orElse(Double.NaN),
        last.map(m -> m.test().accuracy()).orElse(Double.NaN),
        trunkCost,
        branchCost);
  }
}
