package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.Split;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.training.OptimizerSettings;
import org.junit.jupiter.api.Test;

/** Which loss is trained on, and which one is measured on held-out examples. */
class LocalRunnerTest {
  private static final double L2 = 0.01;

  /** The same examples on both sides, so that the losses differ by the term and nothing else. */
  @Test
  void addsTheL2TermToTheTrainingLossAlone() {
    Dataset data = Protocols.DIGITS.train();
    Mlp mlp = new Mlp(List.of(6), Activation.TANH, Initialization.PYTORCH);
    SolverSettings solver = new SolverSettings(3, 1e-4, Which.LARGEST, 2000);
    SwitchRule atOnce = new SwitchRule.AtStep(0);
    NetworkSettings settings =
        new NetworkSettings(
            mlp, Loss.MSE, L2, Precision.FLOAT64, new PassSettings(16L << 20, 1L << 30, 1000));
    Protocol protocol =
        new Protocol(
            new TrainingPlan(
                OptimizerSettings.SGD, new WarmUp(0, 1, 2), new Batches.Shuffled(20), 1, atOnce),
            new Following(solver, 0, 1));
    Trunk trunk = Protocols.trunk(0.1, 3);
    Network network = Network.of(mlp, data.shape(), data.classes(), Loss.MSE, L2);
    try (LocalRunner runner =
        LocalRunner.local(protocol, new NetworkProblem(settings, new Split(data, data)), 1)) {
      SwitchState start = Whole.trunk(runner, trunk).switches().get(3);
      Trial plain = Protocols.trial(0.1, 3, Continuation.PLAIN);
      Measurement first = Whole.branch(runner, plain, start).measurements().get(0);
      assertThat(first.step()).isZero();
      double squares =
          squares(start.theta(), network.parameterRange("layer0.W"))
              + squares(start.theta(), network.parameterRange("layer1.W"));
      assertThat(squares).isGreaterThan(1);
      assertThat(first.trainLoss() - first.testLoss())
          .isCloseTo(L2 * squares / 2, within(1e-12)); // a difference of losses of about 1
    }
  }

  private static double squares(MatrixSource theta, IndexRange range) {
    double[] values = theta.whole().toDoubles();
    double sum = 0;
    for (int i = range.from(); i < range.to(); i++) {
      sum += values[i] * values[i];
    }
    return sum;
  }
}
