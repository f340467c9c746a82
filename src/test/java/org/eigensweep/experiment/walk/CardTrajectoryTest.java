package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.array.cuda.FakeCard;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Split;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Model;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dom-SGD by the kernels of a card, which is pretended here, against a processor. */
class CardTrajectoryTest {
  /** The next eigenvalue is far from it, so that rounding does not choose the space. */
  private static final int RANK = 1;

  static Stream<Model> models() {
    return Stream.of(
        new Mlp(List.of(6), Activation.TANH, Initialization.PYTORCH),
        new Cnn(2, Pooling.MAX, Normalization.NONE, Activation.RELU, Initialization.PYTORCH),
        new Cnn(2, Pooling.AVERAGE, Normalization.BATCH, Activation.TANH, Initialization.PYTORCH));
  }

  @ParameterizedTest
  @MethodSource("models")
  void goesWhereAProcessorGoes(Model model) {
    NetworkProblem problem = problem(model);
    BranchOutcome onCard = dominant(FakeCard.open(Precision.FLOAT64), problem);
    BranchOutcome onProcessor = dominant(Devices.processor().open(Precision.FLOAT64, 1), problem);
    assertThat(onCard.measurements()).hasSameSizeAs(onProcessor.measurements());
    for (int i = 0; i < onCard.measurements().size(); i++) {
      Measurement card = onCard.measurements().get(i);
      Measurement processor = onProcessor.measurements().get(i);
      assertThat(card.step()).isEqualTo(processor.step());
      // roundings of sums of some thousand terms over some steps, each of which may amplify them
      assertThat(card.trainLoss()).isCloseTo(processor.trainLoss(), within(1e-10));
      assertThat(card.testLoss()).isCloseTo(processor.testLoss(), within(1e-10));
      // the solver stops at residuals of 1e-4, and eigenvalues are its square as good
      assertThat(card.pairs().eigenvalues())
          .containsExactly(processor.pairs().eigenvalues(), within(1e-6));
    }
  }

  /** What a card is asked takes some microseconds each time, however little it is. */
  @Test
  void asksACardFewTimesForABlockOfProducts() {
    Mlp mlp = new Mlp(List.of(6, 6), Activation.TANH, Initialization.PYTORCH);
    NetworkProblem problem = problem(mlp);
    try (Device device = FakeCard.open(Precision.FLOAT64);
        Objective objective = problem.train(device);
        Scope scope = device.open();
        Linearization at = objective.linearize(scope.copyOf(problem.start(1)))) {
      Matrix block = scope.zeros(objective.parameters(), 10);
      Matrix product = scope.zeros(objective.parameters(), 10);
      FakeCard.asked();
      at.hessianProduct(block, product);
      assertThat(FakeCard.asked()).isLessThanOrEqualTo(300);
    }
  }

  private static NetworkProblem problem(Model model) {
    Split digits = new GeneratedDigits(12, 4, 1).load(new Configuration());
    NetworkSettings settings =
        new NetworkSettings(
            model, Loss.MSE, 0, Precision.FLOAT64, new PassSettings(16L << 20, 1L << 30, 1000));
    return new NetworkProblem(settings, digits);
  }

  private static BranchOutcome dominant(Device device, NetworkProblem problem) {
    Protocol protocol = Protocols.protocol(new SwitchRule.AtStep(2), 4, 6, 2);
    try (LocalRunner runner =
        LocalRunner.on(device, problem, protocol.plan(), protocol.following())) {
      SwitchState start = Whole.trunk(runner, Protocols.trunk(0.1, RANK)).switches().get(RANK);
      return Whole.branch(runner, Protocols.trial(0.1, RANK, Continuation.DOMINANT), start);
    }
  }
}
