package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.eigensweep.experiment.outcome.Components;
import org.eigensweep.experiment.outcome.LossTerms;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrialOutcome;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.training.UpdateRule;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a row says of the step made from its point, against a trial that is written out. */
class MeasuredStepTest {
  private static final int PAIRS = 6;
  private static final int RANK = 2;
  private static final int SWITCH = 4;
  private static final int STEPS = 12;
  private static final int BATCH = 7; // no divisor of the 30 examples
  private static final double RATE = 0.2;

  /**
   * Residuals of 1e-10 turn an eigenvector by that over its gap, which is some 1e-3 of the largest
   * eigenvalue here; a projected trajectory drifts by as much over its steps.
   */
  private static final double SAME = 1e-6;

  static Stream<UpdateRule> rules() {
    return Stream.of(
        UpdateRule.PLAIN, UpdateRule.DOMINANT, UpdateRule.BULK, new UpdateRule(0.5, 1));
  }

  private static TrialOutcome trial(UpdateRule rule, Measuring measuring) {
    Trunk trunk =
        new Trunk(
            RATE, WrittenOutTrial.SEED, List.of(RANK), List.of(Continuation.asTrunk("rule", rule)));
    SolverSettings solver = new SolverSettings(PAIRS, 1e-10, Which.LARGEST, 5000);
    try (LocalRunner runner =
        WrittenOutTrial.runner(
            new Batches.Shuffled(BATCH), SWITCH, STEPS, new Following(solver, 0, measuring))) {
      TrunkOutcome left = Whole.trunk(runner, trunk);
      SwitchState at = left.switches().get(RANK);
      Trial trial = trunk.trials().get(0);
      return TrialOutcome.of(trial, left, at, Whole.branch(runner, trial, at));
    }
  }

  private static List<Measurement> rows(UpdateRule rule) {
    return trial(rule, Measuring.every(1)).measurements();
  }

  private static List<WrittenOutTrial.Point> written(UpdateRule rule) {
    return WrittenOutTrial.points(BATCH, RATE, rule, RANK, SWITCH, STEPS);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void alignsEveryVectorOfTheStepWithEveryRank(UpdateRule rule) {
    List<Measurement> rows = rows(rule);
    List<WrittenOutTrial.Point> points = written(rule);
    assertThat(rows).hasSize(STEPS + 1);
    for (int step = 0; step < STEPS; step++) {
      Measurement row = rows.get(step);
      WrittenOutTrial.Point at = points.get(step);
      assertThat(row.step()).isEqualTo(step);
      isSeenAs(row.gradient().along(), at, at.gradient());
      isSeenAs(row.made().minibatchGradient(), at, at.batch());
      isSeenAs(row.made().baseUpdate(), at, at.base());
      isSeenAs(row.made().update(), at, at.update());
    }
  }

  private static void isSeenAs(Components found, WrittenOutTrial.Point at, RealVector vector) {
    assertThat(found.norm()).isCloseTo(vector.getNorm(), within(SAME));
    assertThat(found.pairs()).isEqualTo(PAIRS);
    for (int k = 1; k <= PAIRS; k++) {
      assertThat(found.alignment(k)).as("k=" + k).isCloseTo(at.alignment(vector, k), within(SAME));
    }
    assertThat(found.alignment(PAIRS + 1)).isNaN();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void takesTheChangeOfTheLossApart(UpdateRule rule) {
    List<Measurement> rows =
        trial(rule, new Measuring(1, LossChange.FULL, List.of(), 0)).measurements();
    List<WrittenOutTrial.Point> points = written(rule);
    for (int step = 0; step < STEPS; step++) {
      LossTerms found = rows.get(step).lossTerms();
      WrittenOutTrial.Point at = points.get(step);
      for (int k = 1; k <= PAIRS; k++) {
        RealVector inside = at.project(at.update(), k);
        RealVector outside = at.update().subtract(inside);
        String what = "step %d, k=%d".formatted(step, k);
        isSame(found.dominantFirst(k), at.gradient().dotProduct(inside), what);
        isSame(found.bulkFirst(k), at.gradient().dotProduct(outside), what);
        isSame(found.dominantSecond(k), inside.dotProduct(at.product(inside)) / 2, what);
        isSame(found.bulkSecond(k), outside.dotProduct(at.product(outside)) / 2, what);
        RealVector along =
            inside.subtract(k == 1 ? inside.mapMultiply(0) : at.project(inside, k - 1));
        isSame(found.first(k - 1), at.gradient().dotProduct(along), what);
        isSame(found.second(k - 1), along.dotProduct(at.product(along)) / 2, what);
      }
      isSame(rows.get(step).lossChange(), at.after() - at.loss(), "step " + step);
      // What is left is of third order: the terms are all there is to see of a small step.
      double terms = found.dominantFirst(1) + found.bulkFirst(1);
      terms += found.dominantSecond(1) + found.bulkSecond(1);
      double length = at.update().getNorm();
      assertThat(rows.get(step).lossChange()).isCloseTo(terms, within(50 * Math.pow(length, 3)));
    }
    assertThat(rows.get(STEPS).lossTerms().bulkSecond(RANK)).isNaN();
    assertThat(rows.get(STEPS).lossTerms().dominantFirst(RANK)).isNaN();
    assertThat(rows.get(STEPS).lossChange()).isNaN();
  }

  private static void isSame(double found, double expected, String what) {
    assertThat(found).as(what).isCloseTo(expected, within(SAME));
  }

  /** The bulk's second-order term and the change itself cost, so they come when asked for. */
  @ParameterizedTest
  @MethodSource("rules")
  void paysForTheWholeLossChangeAloneWhereItIsAskedFor(UpdateRule rule) {
    TrialOutcome free = trial(rule, Measuring.every(3));
    TrialOutcome paid = trial(rule, new Measuring(3, LossChange.FULL, List.of(), 0));
    for (Measurement row : free.measurements()) {
      assertThat(row.lossTerms().bulkSecond(RANK)).isNaN();
      assertThat(row.lossChange()).isNaN();
    }
    assertThat(paid.branchCost().products() - free.branchCost().products())
        .as("one at each of 4, 6 and 9, none at 12")
        .isEqualTo(3);
    assertThat(paid.measurements())
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*seconds", ".*outsideCurvature", ".*lossAfter")
        .withComparatorForType(Double::compare, Double.class)
        .isEqualTo(free.measurements());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void hasNothingOfTheStepAtTheLastPoint(UpdateRule rule) {
    Measurement last = rows(rule).get(STEPS);
    assertThat(last.gradientAlignment(RANK)).isBetween(0.0, 1.0);
    for (Components missing :
        List.of(last.made().minibatchGradient(), last.made().baseUpdate(), last.made().update())) {
      assertThat(missing.norm()).isNaN();
      assertThat(missing.pairs()).isEqualTo(PAIRS);
      assertThat(missing.alignment(1)).isNaN();
      assertThat(missing.alignment(PAIRS)).isNaN();
    }
  }
}
