package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrialOutcome;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.Method;
import org.eigensweep.experiment.sweep.Method.StateAtSwitch;
import org.eigensweep.experiment.sweep.Opening;
import org.eigensweep.experiment.sweep.PlainDistance;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.Recipe;
import org.eigensweep.experiment.sweep.Setting;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.quadratic.Basis;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.Schedule;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.api.Test;

/**
 * Phases and branches that train in ways of their own, against recursions in plain numbers: along
 * each axis of ½·Σ aᵢθᵢ² an optimiser sees the gradient aᵢθᵢ alone.
 */
class PhasesTest {
  private static final double[] CURVATURES = {9, 7, 0.5, 0.25};
  private static final double[] START = {1, -2, 3, 1};
  private static final double RATE = 0.05;
  private static final double OWN_RATE = 0.02;
  private static final double BETA = 0.8;
  private static final int FIRST = 4;
  private static final int SWITCH = 7;
  private static final int STEPS = 15;
  private static final OptimizerSettings HEAVY_BALL =
      new OptimizerSettings("heavy-ball", new TreeMap<>(Map.of("beta", BETA)));

  /** One coordinate and the velocity along it. */
  private record Coordinate(double theta, double velocity) {
    Coordinate descend(double curvature, double rate, double beta, double factor) {
      double next = beta * velocity + curvature * theta;
      return new Coordinate(theta - factor * rate * next, next);
    }

    Coordinate atRest() {
      return new Coordinate(theta, 0);
    }
  }

  private static List<Double> boxed(double[] numbers) {
    return DoubleStream.of(numbers).boxed().toList();
  }

  private static Recipe recipe(OptimizerSettings optimizer, Setting<Double> rate) {
    return new Recipe(optimizer, Setting.inherited(), rate, Setting.inherited());
  }

  private static TrainingPlan plan(OptimizerSettings optimizer, List<Opening> openings) {
    return new TrainingPlan(
        openings,
        optimizer,
        Schedule.CONSTANT,
        new WarmUp(0, 1, 1),
        new Batches.Full(),
        STEPS,
        new SwitchRule.AtStep(SWITCH));
  }

  /** A trial's losses, one a step. */
  private static List<Double> losses(TrainingPlan plan, Continuation branch) {
    return rows(plan, branch).stream().map(Measurement::trainLoss).toList();
  }

  private static List<Measurement> rows(TrainingPlan plan, Continuation branch) {
    Measuring measuring = new Measuring(1, LossChange.PARTIAL, List.of(), PlainDistance.ON, 0);
    Following following =
        new Following(new SolverSettings(2, 1e-9, Which.LARGEST, 500), 0, measuring);
    Trunk trunk = new Trunk(RATE, 1, List.of(2), List.of(branch));
    Problem problem = Quadratics.quiet(boxed(CURVATURES), Basis.AXES, boxed(START));
    try (LocalRunner runner = Quadratics.runner(problem, plan, following)) {
      TrunkOutcome left = Whole.trunk(runner, trunk);
      SwitchState at = left.switches().get(2);
      return TrialOutcome.points(
          left.measurements(), at, Whole.branch(runner, trunk.trials().get(0), at).measurements());
    }
  }

  /** The same from what a step does to a coordinate. */
  private static List<Double> expected(BiFunction<Integer, Integer, StepOf> steps) {
    List<Double> losses = new ArrayList<>();
    Coordinate[] at = new Coordinate[START.length];
    for (int i = 0; i < START.length; i++) {
      at[i] = new Coordinate(START[i], 0);
    }
    for (int step = 0; step <= STEPS; step++) {
      double loss = 0;
      for (int i = 0; i < START.length; i++) {
        loss += CURVATURES[i] * at[i].theta * at[i].theta / 2;
        at[i] = steps.apply(step, i).of(at[i], CURVATURES[i]);
      }
      losses.add(loss);
    }
    return losses;
  }

  private interface StepOf {
    Coordinate of(Coordinate from, double curvature);
  }

  private static void areClose(List<Double> found, List<Double> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      // Residuals of 1e-9 turn the space by as little; losses are of the order of 10.
      assertThat(found.get(i)).as("step %d", i).isCloseTo(expected.get(i), within(1e-7));
    }
  }

  @Test
  void aPhaseHasARateOfItsOwnAndItsMomentumGoesOn() {
    Opening slow = new Opening(recipe(HEAVY_BALL, Setting.of(OWN_RATE)), FIRST);
    areClose(
        losses(plan(HEAVY_BALL, List.of(slow)), Continuation.PLAIN),
        expected(
            (step, i) -> (from, a) -> from.descend(a, step < FIRST ? OWN_RATE : RATE, BETA, 1)));
  }

  @Test
  void anotherKindOfOptimizerStartsAtRest() {
    Opening plain = new Opening(recipe(OptimizerSettings.SGD, Setting.inherited()), 2);
    Opening ball = new Opening(recipe(HEAVY_BALL, Setting.inherited()), 2);
    areClose(
        losses(plan(OptimizerSettings.SGD, List.of(ball, plain)), Continuation.PLAIN),
        expected((step, i) -> (from, a) -> from.descend(a, RATE, step < 2 ? BETA : 0, 1)));
  }

  @Test
  void theMomentumCrossesTheSwitchAndNeverSeesAProjection() {
    areClose(
        losses(plan(HEAVY_BALL, List.of()), Continuation.BULK),
        expected(
            (step, i) ->
                (from, a) -> from.descend(a, RATE, BETA, step >= SWITCH && i < 2 ? 0 : 1)));
  }

  /** Bulk training stands still along the two leading axes, where plain training goes on. */
  @Test
  void measuresHowFarPlainTrainingIs() {
    List<Measurement> rows = rows(plan(HEAVY_BALL, List.of()), Continuation.BULK);
    Coordinate[] plain = {new Coordinate(START[0], 0), new Coordinate(START[1], 0)};
    Coordinate[] bulk = plain.clone();
    for (Measurement row : rows) {
      double square = 0;
      for (int i = 0; i < 2; i++) {
        square += Math.pow(bulk[i].theta - plain[i].theta, 2);
        plain[i] = plain[i].descend(CURVATURES[i], RATE, BETA, 1);
        bulk[i] = bulk[i].descend(CURVATURES[i], RATE, BETA, row.step() < SWITCH ? 1 : 0);
      }
      if (row.step() < SWITCH) {
        assertThat(row.distances().fromPlain()).isNaN();
      } else {
        assertThat(row.distances().fromPlain()).isCloseTo(Math.sqrt(square), within(1e-7));
      }
    }
    assertThat(rows.get(STEPS).distances().fromPlain()).isGreaterThan(0.01);
    assertThat(rows(plan(HEAVY_BALL, List.of()), Continuation.PLAIN))
        .allMatch(row -> Double.isNaN(row.distances().fromPlain()));
  }

  private static Continuation branch(UpdateRule rule, Recipe recipe, StateAtSwitch state) {
    return new Continuation("other", rule, new Method.Own(recipe, state));
  }

  @Test
  void aBranchKeepsOrLosesTheMomentum() {
    Recipe slower = recipe(HEAVY_BALL, Setting.of(OWN_RATE));
    TrainingPlan plan = plan(HEAVY_BALL, List.of());
    areClose(
        losses(plan, branch(UpdateRule.PLAIN, slower, StateAtSwitch.KEPT)),
        expected(
            (step, i) -> (from, a) -> from.descend(a, step < SWITCH ? RATE : OWN_RATE, BETA, 1)));
    areClose(
        losses(plan, branch(UpdateRule.PLAIN, slower, StateAtSwitch.NEW)),
        expected(
            (step, i) ->
                (from, a) ->
                    (step == SWITCH ? from.atRest() : from)
                        .descend(a, step < SWITCH ? RATE : OWN_RATE, BETA, 1)));
  }

  @Test
  void aBranchHasAnotherOptimizerAndAnyFactors() {
    Recipe ball = recipe(HEAVY_BALL, Setting.inherited());
    areClose(
        losses(
            plan(OptimizerSettings.SGD, List.of()),
            branch(new UpdateRule(-0.5, 1.5), ball, StateAtSwitch.NEW)),
        expected(
            (step, i) ->
                (from, a) ->
                    step < SWITCH
                        ? from.descend(a, RATE, 0, 1).atRest()
                        : from.descend(a, RATE, BETA, i < 2 ? -0.5 : 1.5)));
  }

  /** The plan's schedule counts the steps of the trial, that of a branch its own. */
  @Test
  void schedulesCountTheirOwnSteps() {
    Schedule halves = new Schedule.Steps(3, 0.5);
    TrainingPlan constant = plan(HEAVY_BALL, List.of());
    TrainingPlan plan =
        new TrainingPlan(
            List.of(),
            HEAVY_BALL,
            halves,
            constant.warmUp(),
            constant.batches(),
            STEPS,
            constant.switchRule());
    areClose(
        losses(plan, Continuation.PLAIN),
        expected(
            (step, i) ->
                (from, a) ->
                    from.descend(a, RATE * Math.pow(0.5, Math.floorDiv(step, 3)), BETA, 1)));
    Recipe own =
        new Recipe(HEAVY_BALL, Setting.inherited(), Setting.inherited(), Setting.of(halves));
    areClose(
        losses(plan, branch(UpdateRule.PLAIN, own, StateAtSwitch.KEPT)),
        expected(
            (step, i) ->
                (from, a) -> {
                  int counted = step < SWITCH ? step : step - SWITCH;
                  return from.descend(a, RATE * Math.pow(0.5, Math.floorDiv(counted, 3)), BETA, 1);
                }));
  }

  /** Mini-batches before, all examples after: from the switch on, an update is −η times ∇L. */
  @Test
  void goesOnWithAllExamplesAfterMiniBatches() {
    Protocol protocol = Protocols.protocol(new SwitchRule.AtStep(5), 20, 12, 1);
    Recipe full =
        new Recipe(
            OptimizerSettings.SGD,
            Setting.of(new Batches.Full()),
            Setting.inherited(),
            Setting.inherited());
    Continuation gd = branch(UpdateRule.PLAIN, full, StateAtSwitch.KEPT);
    Trunk trunk = new Trunk(0.1, 11, List.of(3), List.of(gd));
    try (LocalRunner runner = LocalRunner.local(protocol, Protocols.PROBLEM, 1)) {
      TrunkOutcome left = Whole.trunk(runner, trunk);
      SwitchState at = left.switches().get(3);
      for (Measurement m : left.measurements()) {
        assertThat(m.updateNorm()).isNotCloseTo(0.1 * m.gradientNorm(), within(1e-6));
      }
      for (Measurement m :
          Whole.branch(runner, trunk.trials().get(0), at).measurements().subList(0, 7)) {
        assertThat(m.updateNorm())
            .isCloseTo(0.1 * m.gradientNorm(), within(1e-12 * m.gradientNorm()));
      }
    }
  }
}
