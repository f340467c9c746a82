package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eigensweep.array.Devices;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.PlainDistance;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.SpectrumPoints;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that have the losses alone, between rows that have the eigenspace too. */
class LossRowsTest {
  private static final int SWITCH = 9;
  private static final int STEPS = 25;

  static Stream<Continuation> rules() {
    return Stream.of(Continuation.PLAIN, Continuation.DOMINANT, Continuation.BULK);
  }

  private record Ran(TrunkOutcome trunk, BranchOutcome branch) {
    List<Measurement> rows() {
      return Stream.concat(trunk.measurements().stream(), branch.measurements().stream()).toList();
    }

    List<Integer> steps() {
      return rows().stream().map(Measurement::step).toList();
    }
  }

  /** Rows at every so many steps, of which fewer have the eigenspace. */
  private static Measuring measuring(int every, int eigenspaceEvery, Integer... lags) {
    return new Measuring(
        every,
        eigenspaceEvery,
        LossChange.FULL,
        List.of(lags),
        PlainDistance.ON,
        3,
        SpectrumPoints.NONE);
  }

  private static Protocol protocol(SwitchRule rule, Measuring measuring) {
    return Protocols.protocol(Protocols.protocol(rule, 20, STEPS, 1, 1e-3), measuring);
  }

  private static Ran run(Measuring measuring, double learningRate, Continuation rule) {
    Protocol protocol = protocol(new SwitchRule.AtStep(SWITCH), measuring);
    try (LocalRunner runner = LocalRunner.local(protocol, Protocols.PROBLEM, 1)) {
      TrunkOutcome trunk = Whole.trunk(runner, Protocols.trunk(learningRate, 3));
      SwitchState from = trunk.switches().get(3);
      return new Ran(trunk, Whole.branch(runner, Protocols.trial(learningRate, 3, rule), from));
    }
  }

  private static boolean hasEigenspace(Measurement row) {
    return row.pairs().count() > 0;
  }

  /** What measures sees the same points, so there is no tolerance. */
  @ParameterizedTest
  @MethodSource("rules")
  void leavesRowsWithTheEigenspaceAsTheyAreWithoutRowsBetween(Continuation rule) {
    Ran between = run(measuring(3, 6, 2), 0.1, rule);
    Ran alone = run(measuring(6, 6, 2), 0.1, rule);
    assertThat(between.steps()).containsExactly(0, 3, 6, 9, 12, 15, 18, 21, 24, 25);
    assertThat(between.rows().stream().filter(LossRowsTest::hasEigenspace))
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*seconds", ".*following") // counts since the row before
        .withComparatorForType(Double::compare, Double.class)
        .isEqualTo(alone.rows());
    assertThat(alone.steps()).containsExactly(0, 6, 9, 12, 18, 24, 25);
    assertThat(between.branch.cost().products()).isEqualTo(alone.branch.cost().products());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void hasTheLossesAndLengthsThatARowWithTheEigenspaceHas(Continuation rule) {
    List<Measurement> sparse = run(measuring(3, 6), 0.1, rule).rows();
    Ran whole = run(measuring(3, 3), 0.1, rule);
    assertThat(sparse).hasSameSizeAs(whole.rows());
    for (int i = 0; i < sparse.size(); i++) {
      Measurement found = sparse.get(i);
      Measurement expected = whole.rows().get(i);
      assertThat(withoutEigenspace(found)).isEqualTo(withoutEigenspace(expected));
    }
  }

  private static List<Object> withoutEigenspace(Measurement row) {
    return List.of(
        row.step(),
        row.phase(),
        row.train(),
        row.test(),
        row.distances(),
        row.stabilityThreshold(),
        row.following(),
        row.minibatchLoss(),
        row.updateNorm(),
        row.made().baseUpdate().norm(),
        row.made().minibatchGradient().norm());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void hasNothingThatNeedsTheEigenspace(Continuation rule) {
    List<Measurement> rows =
        run(measuring(3, 6, 1), 0.1, rule).rows().stream().filter(r -> !hasEigenspace(r)).toList();
    assertThat(rows).extracting(Measurement::step).containsExactly(3, 15, 21);
    for (Measurement row : rows) {
      assertThat(row.pairs().products()).isZero();
      assertThat(row.pairs().stop()).isNull();
      assertThat(row.overlaps()).isEmpty();
      for (double missing :
          List.of(
              row.sharpness(),
              row.gradientNorm(),
              row.gradientAlignment(1),
              row.updateAlignment(1),
              row.made().baseUpdate().alignment(3),
              row.dominantLearningRate(1),
              row.bulkLearningRate(3),
              row.lossTerms().dominantFirst(1),
              row.lossTerms().bulkSecond(1),
              row.lossChange(),
              row.noise().trace(),
              row.noise().within(3))) {
        assertThat(missing).isNaN();
      }
    }
  }

  /** Losses and lengths against a trial that is written out. */
  @Test
  void saysOfAStepWhatATrialThatIsWrittenOutSays() {
    SolverSettings solver = new SolverSettings(6, 1e-10, Which.LARGEST, 5000);
    Trunk trunk = new Trunk(0.2, WrittenOutTrial.SEED, List.of(2), List.of(Continuation.BULK));
    List<WrittenOutTrial.Point> points = WrittenOutTrial.points(7, 0.2, UpdateRule.BULK, 2, 4, 12);
    Following following = new Following(solver, 0, measuring(1, 5));
    try (LocalRunner runner = WrittenOutTrial.runner(new Batches.Shuffled(7), 4, 12, following)) {
      SwitchState at = Whole.trunk(runner, trunk).switches().get(2);
      List<Measurement> rows = Whole.branch(runner, trunk.trials().get(0), at).measurements();
      assertThat(rows.stream().filter(LossRowsTest::hasEigenspace))
          .extracting(Measurement::step)
          .containsExactly(4, 5, 10, 12);
      for (Measurement row : rows.subList(0, rows.size() - 1)) {
        WrittenOutTrial.Point point = points.get(row.step());
        // As in MeasuredStepTest, where a projected trajectory drifts by as much.
        assertThat(row.trainLoss()).isCloseTo(point.loss(), within(1e-6));
        assertThat(row.updateNorm()).isCloseTo(point.update().getNorm(), within(1e-6));
        assertThat(row.made().baseUpdate().norm()).isCloseTo(point.base().getNorm(), within(1e-6));
      }
    }
  }

  /** Seven points of a plain trial have the eigenspace: 0, 6, and 9 twice, 12, 18, 24 and 25. */
  @Test
  void takesAnEvaluationAndNothingElse() {
    Map<FailingObjective.Call, Integer> sparse = calls(measuring(3, 6));
    Map<FailingObjective.Call, Integer> fine = calls(measuring(1, 6));
    Map<FailingObjective.Call, Integer> whole = calls(measuring(3, 3));
    assertThat(fine.get(FailingObjective.Call.LINEARIZE))
        .isEqualTo(sparse.get(FailingObjective.Call.LINEARIZE));
    assertThat(fine.get(FailingObjective.Call.PRODUCT))
        .isEqualTo(sparse.get(FailingObjective.Call.PRODUCT));
    assertThat(
            fine.get(FailingObjective.Call.EVALUATE) - sparse.get(FailingObjective.Call.EVALUATE))
        .as("rows at all of 26 points instead of 10")
        .isEqualTo(16);
    assertThat(
            whole.get(FailingObjective.Call.LINEARIZE)
                - sparse.get(FailingObjective.Call.LINEARIZE))
        .as("those of 3, 15 and 21")
        .isEqualTo(3);
    assertThat(sparse.get(FailingObjective.Call.PRODUCT))
        .isLessThan(whole.get(FailingObjective.Call.PRODUCT));
  }

  private static Map<FailingObjective.Call, Integer> calls(Measuring measuring) {
    Map<FailingObjective.Call, Integer> calls = new EnumMap<>(FailingObjective.Call.class);
    Protocol protocol = protocol(new SwitchRule.AtStep(SWITCH), measuring);
    try (LocalRunner runner =
        WrappedProblem.runner(
            protocol,
            Devices.processor().open(Protocols.PROBLEM.settings().precision(), 1),
            mean ->
                new FailingObjective(
                    mean,
                    call -> {
                      calls.merge(call, 1, Integer::sum);
                      return false;
                    }))) {
      SwitchState at = Whole.trunk(runner, Protocols.trunk(0.1, 3)).switches().get(3);
      Whole.branch(runner, Protocols.trial(0.1, 3, Continuation.PLAIN), at);
    }
    return calls;
  }

  @Test
  void endsATrialWhoseLossIsFoundNotToBeFinite() {
    Protocol protocol = protocol(new SwitchRule.AtStep(SWITCH), measuring(1, STEPS));
    try (LocalRunner runner = LocalRunner.local(protocol, Protocols.PROBLEM, 1)) {
      TrunkOutcome trunk = Whole.trunk(runner, Protocols.trunk(1e120, 3));
      List<Measurement> rows = trunk.measurements();
      Measurement last = rows.get(rows.size() - 1);
      assertThat(trunk.status()).isEqualTo(Status.DIVERGED);
      assertThat(last.step()).isPositive();
      assertThat(last.trainLoss()).isNaN();
      assertThat(rows.subList(0, rows.size() - 1)).allMatch(r -> Double.isFinite(r.trainLoss()));
    }
  }
}
