package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Components;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Stop;
import org.eigensweep.linalg.Which;
import org.eigensweep.training.UpdateRule;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that have the pairs with which the step was steered, where these are exact enough. */
class SteeredRowsTest {
  private static final int RANK = 3;
  private static final int SWITCH = 4;
  private static final int STEPS = 14;
  private static final double RATE = 0.2;
  private static final double TOLERANCE = 1e-10;

  /** As in MeasuredStepTest: by residuals of 1e-10 over gaps of some 1e-3, and the drift of θ. */
  private static final double SAME = 1e-6;

  static Stream<UpdateRule> rules() {
    return Stream.of(UpdateRule.DOMINANT, UpdateRule.BULK, new UpdateRule(0.5, 1));
  }

  private record Ran(TrunkOutcome trunk, BranchOutcome branch) {
    List<Measurement> rows() {
      return branch.measurements();
    }

    long productsOfRows() {
      return rows().stream().mapToLong(row -> row.pairs().products()).sum();
    }
  }

  private static Ran run(UpdateRule rule, int pairs, double error, int every) {
    Continuation branch = Continuation.asTrunk("branch", rule);
    Trunk trunk = new Trunk(RATE, WrittenOutTrial.SEED, List.of(RANK), List.of(branch));
    SolverSettings solver = new SolverSettings(pairs, TOLERANCE, Which.LARGEST, 5000);
    try (LocalRunner runner =
        WrittenOutTrial.runner(
            new Batches.Shuffled(7), SWITCH, STEPS, new Following(solver, error, every))) {
      TrunkOutcome left = Whole.trunk(runner, trunk);
      SwitchState at = left.switches().get(RANK);
      return new Ran(left, Whole.branch(runner, trunk.trials().get(0), at));
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void seesWhatATrialThatIsWrittenOutSees(UpdateRule rule) {
    List<WrittenOutTrial.Point> points = WrittenOutTrial.points(7, RATE, rule, RANK, SWITCH, STEPS);
    for (Measurement row : run(rule, RANK, 0, 1).rows().subList(0, STEPS - SWITCH)) {
      assertThat(row.pairs().products()).as("step %d is steered", row.step()).isZero();
      assertThat(row.pairs().stop()).isIn(Stop.TRACKED, Stop.CONVERGED);
      WrittenOutTrial.Point at = points.get(row.step());
      for (int i = 0; i < RANK; i++) {
        assertThat(row.pairs().residuals()[i]).isLessThanOrEqualTo(TOLERANCE);
        assertThat(row.eigenvalues()[i]).isCloseTo(at.values()[i], within(SAME));
      }
      isSeenAs(row.gradient().along(), at, at.gradient());
      isSeenAs(row.made().minibatchGradient(), at, at.batch());
      isSeenAs(row.made().baseUpdate(), at, at.base());
      isSeenAs(row.made().update(), at, at.update());
    }
  }

  private static void isSeenAs(Components found, WrittenOutTrial.Point at, RealVector vector) {
    assertThat(found.norm()).isCloseTo(vector.getNorm(), within(SAME));
    for (int k = 1; k <= RANK; k++) {
      assertThat(found.alignment(k)).as("k=" + k).isCloseTo(at.alignment(vector, k), within(SAME));
    }
  }

  /** The last point has no step, and nothing steers a trunk or a branch that does not project. */
  @Test
  void measuresForItselfWhereNothingSteersTheStep() {
    Ran bulk = run(UpdateRule.BULK, RANK, 0, 1);
    assertThat(bulk.rows().get(STEPS - SWITCH).pairs().products()).isPositive();
    assertThat(bulk.trunk.measurements()).allMatch(row -> row.pairs().products() > 0);
    assertThat(run(UpdateRule.PLAIN, RANK, 0, 1).rows())
        .allMatch(row -> row.pairs().products() > 0);
  }

  /** More pairs are measured than steer, or the space is right for one vector alone. */
  @Test
  void measuresForItselfWhereWhatSteersIsLessThanARowAsksFor() {
    assertThat(run(UpdateRule.BULK, RANK + 1, 0, 1).rows())
        .allMatch(row -> row.pairs().products() > 0);
    Ran corrected = run(UpdateRule.BULK, RANK, 1e-2, 1);
    assertThat(corrected.branch.cost().corrections()).isPositive();
    assertThat(corrected.rows())
        .filteredOn(row -> row.following(RANK).refreshes() == 0)
        .isNotEmpty()
        .allMatch(row -> row.pairs().products() > 0);
    assertThat(corrected.rows())
        .flatExtracting(row -> List.of(row.pairs().residuals()[0], row.pairs().residuals()[2]))
        .allMatch(residual -> residual <= TOLERANCE);
  }

  /** What is measured has no say in where the branch goes, or in what its steps cost. */
  @Test
  void steersTheSameWhoeverMeasures() {
    Ran often = run(UpdateRule.BULK, RANK, 0, 1);
    Ran seldom = run(UpdateRule.BULK, RANK, 0, STEPS);
    Ran apart = run(UpdateRule.BULK, RANK + 1, 0, 1);
    double loss = often.rows().get(STEPS - SWITCH).trainLoss();
    assertThat(seldom.rows().get(1).trainLoss()).isEqualTo(loss);
    assertThat(apart.rows().get(STEPS - SWITCH).trainLoss()).isEqualTo(loss);
    long steering = often.branch.cost().products() - often.productsOfRows();
    assertThat(seldom.branch.cost().products() - seldom.productsOfRows()).isEqualTo(steering);
    assertThat(apart.branch.cost().products() - apart.productsOfRows()).isEqualTo(steering);
  }
}
