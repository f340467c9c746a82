package org.eigensweep.experiment.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.linalg.Stop;
import org.eigensweep.linalg.TrackedSpace;
import org.eigensweep.training.OptimizerState;
import org.junit.jupiter.api.Test;

/** Trunk and branch put together, and the row that a trial leaves. */
class TrialOutcomeTest {
  private static final Cost COST = new Cost(1, 2, 3, 4, 5, 0.5);
  private static final HostMatrix POINT = new HostMatrix.Doubles(1, 1, new double[] {1});
  private static final Trunk TRUNK = new Trunk(0.1, 7, List.of(1, 2), List.of(Continuation.BULK));
  private static final Trial TRIAL = new Trial(0.1, 7, 1, Continuation.BULK);

  private static Measurement at(int step, Phase phase) {
    double[] pair = {2};
    Components along = new Components(3, pair);
    return new Measurement(
        step,
        phase,
        new Evaluation(10 + step, 0.5),
        new Evaluation(20 + step, 0.25),
        new Pairs(pair, pair, 1, Stop.TRACKED),
        new FullGradient(along, 1, 0),
        new StepTaken(along, along, along, 1, 0.5, 0.7, 0.75),
        Map.of(),
        GradientNoise.unknown(1),
        2,
        Map.of(),
        new Distances(0, 0),
        0.5);
  }

  private static SwitchState switchAt(int step) {
    return new SwitchState(
        step, 0.9, POINT, OptimizerState.NEW, new TrackedSpace(POINT, 0, 40), COST);
  }

  private static TrunkOutcome trunk(Status status, List<Measurement> rows) {
    return new TrunkOutcome(
        TRUNK,
        status,
        rows,
        Map.of(1, switchAt(4), 2, switchAt(8)),
        Map.of(1, COST, 2, COST),
        COST);
  }

  /** The trunk goes on to the last rank's switch, and measures where the first one switched too. */
  @Test
  void takesThePointOfTheSwitchFromTheBranchAlone() {
    TrunkOutcome trunk =
        trunk(
            Status.COMPLETED, List.of(at(0, Phase.TRUNK), at(4, Phase.TRUNK), at(6, Phase.TRUNK)));
    BranchOutcome branch =
        new BranchOutcome(
            Status.COMPLETED, List.of(at(4, Phase.BRANCH), at(8, Phase.BRANCH)), COST);
    TrialOutcome outcome = TrialOutcome.of(TRIAL, trunk, switchAt(4), branch);
    assertThat(outcome.measurements())
        .extracting(Measurement::step, Measurement::phase)
        .containsExactly(
            Tuple.tuple(0, Phase.TRUNK),
            Tuple.tuple(4, Phase.BRANCH),
            Tuple.tuple(8, Phase.BRANCH));
    TrialSummary summary = outcome.summary();
    assertThat(summary.finalStep()).isEqualTo(8);
    assertThat(summary.switchTrainLoss()).isEqualTo(14);
    assertThat(summary.branchAlignment())
        .as("of rows with a gradient (2, ...) of length 3")
        .isEqualTo(2.0 / 3);
    assertThat(summary.finalTrainLoss()).isEqualTo(18);
    assertThat(summary.divergedStep()).isEqualTo(-1);
  }

  /** A trunk that diverged after a switch of its own is nothing to the branch from there. */
  @Test
  void leavesOutWhatTheTrunkMetAfterTheSwitch() {
    TrunkOutcome trunk =
        trunk(
            Status.DIVERGED,
            List.of(at(0, Phase.TRUNK), Measurement.ofNothing(7, Phase.TRUNK, Map.of(), 0.25)));
    BranchOutcome branch = new BranchOutcome(Status.COMPLETED, List.of(at(4, Phase.BRANCH)), COST);
    TrialOutcome outcome = TrialOutcome.of(TRIAL, trunk, switchAt(4), branch);
    assertThat(outcome.measurements()).extracting(Measurement::step).containsExactly(0, 4);
    assertThat(outcome.summary().divergedStep()).isEqualTo(-1);
  }

  @Test
  void hasNoEndWhereTheBranchDiverged() {
    TrunkOutcome trunk = trunk(Status.COMPLETED, List.of(at(0, Phase.TRUNK)));
    BranchOutcome branch =
        new BranchOutcome(Status.DIVERGED, List.of(at(4, Phase.BRANCH), at(6, Phase.BRANCH)), COST);
    requireNoEnd(TrialOutcome.of(TRIAL, trunk, switchAt(4), branch).summary(), 6);
  }

  @Test
  void hasNoEndWhereTheTrunkDiverged() {
    TrunkOutcome trunk =
        trunk(
            Status.DIVERGED,
            List.of(at(0, Phase.TRUNK), Measurement.ofNothing(3, Phase.TRUNK, Map.of(), 0.25)));
    requireNoEnd(TrialOutcome.withoutSwitch(TRIAL, trunk).summary(), 3);
  }

  private static void requireNoEnd(TrialSummary summary, int divergedStep) {
    assertThat(summary.status()).isEqualTo(Status.DIVERGED);
    assertThat(summary.divergedStep()).isEqualTo(divergedStep);
    assertThat(summary.finalStep()).isEqualTo(-1);
    if (summary.switchStep() < 0) {
      assertThat(summary.switchTrainLoss()).isNaN();
    } else {
      assertThat(summary.switchTrainLoss()).isEqualTo(10 + summary.switchStep());
    }
    assertThat(summary.finalTrainLoss()).isNaN();
    assertThat(summary.finalTrainAccuracy()).isNaN();
    assertThat(summary.finalTestLoss()).isNaN();
    assertThat(summary.finalTestAccuracy()).isNaN();
  }
}
