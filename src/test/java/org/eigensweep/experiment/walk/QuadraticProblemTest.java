package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrialOutcome;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A trial of a problem that is no network: ½·Σ aᵢθᵢ², whose gradient descent is known in closed
 * form. A step multiplies θᵢ by 1 − c·η·aᵢ, with the c of the rule for the two largest aᵢ or for
 * the others.
 */
class QuadraticProblemTest {
  private static final double[] CURVATURES = {9, 7, 0.5, 0.25, 0.1, 0};
  private static final double[] START = {1, -2, 3, 1, -1, 5};
  private static final double RATE = 0.05;
  private static final int SWITCH = 3;
  private static final int STEPS = 12;

  static Stream<Continuation> rules() {
    return Stream.of(
        Continuation.PLAIN,
        Continuation.DOMINANT,
        Continuation.BULK,
        Continuation.asTrunk("half", new UpdateRule(0.5, 1)));
  }

  private static double loss(Continuation rule, int step) {
    double loss = 0;
    for (int i = 0; i < START.length; i++) {
      double factor = i < 2 ? rule.rule().dominant() : rule.rule().bulk();
      double theta =
          START[i]
              * Math.pow(1 - RATE * CURVATURES[i], Math.min(step, SWITCH))
              * Math.pow(1 - factor * RATE * CURVATURES[i], Math.max(step - SWITCH, 0));
      loss += CURVATURES[i] * theta * theta / 2;
    }
    return loss;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void descendsAsTheClosedFormSays(Continuation rule) {
    TrainingPlan plan =
        new TrainingPlan(
            OptimizerSettings.SGD,
            new WarmUp(0, 1, 1),
            new Batches.Full(),
            STEPS,
            new SwitchRule.AtStep(SWITCH));
    Following following = new Following(new SolverSettings(2, 1e-9, Which.LARGEST, 500), 0, 1);
    Trunk trunk = new Trunk(RATE, 1, List.of(2), List.of(rule));
    Device device = Devices.open(Precision.FLOAT64, 1);
    try (LocalRunner runner =
        LocalRunner.on(device, new ParabolaProblem(CURVATURES, START), plan, following)) {
      TrunkOutcome left = Whole.trunk(runner, trunk);
      SwitchState at = left.switches().get(2);
      BranchOutcome branch = Whole.branch(runner, trunk.trials().get(0), at);
      List<Measurement> points =
          TrialOutcome.points(left.measurements(), at, branch.measurements());
      assertThat(points).hasSize(STEPS + 1);
      for (Measurement point : points) {
        // Residuals of 1e-9 turn the space by as little; losses are of the order of 10.
        double exact = loss(rule, point.step());
        assertThat(point.trainLoss()).isCloseTo(exact, within(1e-7));
        assertThat(point.eigenvalues()[0]).isCloseTo(9, within(1e-8));
        assertThat(point.eigenvalues()[1]).isCloseTo(7, within(1e-8));
      }
    }
  }
}
