package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Precision;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.Split;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.data.mnist.MnistFiles;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.training.OptimizerSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The default error does not change a finding: Bulk-SGD at learning rates at which it sharpens far
 * beyond 2/η, with the default settings and with the whole space to a tolerance of 1e-5.
 *
 * <p>The system property {@code bulk.seeds} lists the seeds, {@code bulk.steps} is the number of
 * steps past the switch: some minutes by default, an hour with {@code 0,1,2,3,4} and {@code 1000}.
 */
class DefaultErrorIT {
  private static final int SWITCH = 42;
  private static final int RANK = 10;
  private static final int STEPS = Integer.getInteger("bulk.steps", 400);
  private static final long[] SEEDS =
      Arrays.stream(System.getProperty("bulk.seeds", "0,1,2").split(",", -1))
          .mapToLong(Long::parseLong)
          .toArray();

  private record Bulk(Status status, double first, double loss, long products) {
    /** Whether the loss ends above what it was at the switch: the method was not stable. */
    boolean rises() {
      return loss > first;
    }
  }

  static Stream<Arguments> cases() {
    DataSource digits = new GeneratedDigits(200, 10, 0);
    Arguments onDigits = Arguments.of("digits", digits, 0.2);
    String folder = System.getenv("EIGENSWEEP_DATA");
    return folder == null
        ? Stream.of(onDigits)
        : Stream.of(onDigits, Arguments.of("MNIST", new MnistFiles(folder, 200, 10), 0.1));
  }

  private static Bulk run(Split data, double learningRate, long seed, double error, double tol) {
    NetworkSettings network =
        new NetworkSettings(
            new Mlp(List.of(20), Activation.TANH, Initialization.PYTORCH),
            Loss.MSE,
            0,
            Precision.FLOAT32,
            new PassSettings(16L << 20, 1L << 30, 1000));
    Protocol protocol =
        new Protocol(
            new TrainingPlan(
                OptimizerSettings.SGD,
                new WarmUp(0, 1, 2),
                new Batches.Shuffled(50),
                SWITCH + STEPS,
                new SwitchRule.AtStep(SWITCH)),
            new Following(
                new SolverSettings(RANK, tol, Which.LARGEST, 2000), error, SWITCH + STEPS));
    Trunk trunk = new Trunk(learningRate, seed, List.of(RANK), List.of(Continuation.BULK));
    try (LocalRunner runner = LocalRunner.local(protocol, new NetworkProblem(network, data), 1)) {
      SwitchState at = Whole.trunk(runner, trunk).switches().get(RANK);
      BranchOutcome branch = Whole.branch(runner, trunk.trials().get(0), at);
      List<Measurement> rows = branch.measurements();
      return new Bulk(
          branch.status(),
          rows.get(0).trainLoss(),
          rows.get(rows.size() - 1).trainLoss(),
          branch.cost().products());
    }
  }

  /**
   * The same status for each seed, and losses that differ by less than those of the seeds do. A
   * seed whose loss rises does so either way, and its losses are no part of the spread, which would
   * have room for anything then.
   */
  @ParameterizedTest(name = "{0}, learning rate {2}")
  @MethodSource("cases")
  void changesNoFinding(String name, DataSource source, double learningRate) {
    Split data = source.load(new Configuration());
    List<Double> exact = new ArrayList<>();
    double difference = 0;
    long products = 0;
    long exactProducts = 0;
    for (long seed : SEEDS) {
      Bulk byDefault = run(data, learningRate, seed, 1e-3, 1e-3);
      Bulk whole = run(data, learningRate, seed, 0, 1e-5);
      assertThat(byDefault.status()).isEqualTo(whole.status()).isEqualTo(Status.COMPLETED);
      assertThat(byDefault.rises()).isEqualTo(whole.rises());
      if (!whole.rises()) {
        exact.add(whole.loss());
        difference += Math.abs(byDefault.loss() - whole.loss());
      }
      products += byDefault.products();
      exactProducts += whole.products();
    }
    assertThat(exact).as("seeds whose loss falls").hasSizeGreaterThan(1);
    double mean = exact.stream().mapToDouble(x -> x).average().orElseThrow();
    double spread =
        Math.sqrt(
            exact.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum() / (exact.size() - 1));
    difference /= exact.size();
    System.out.printf(
        "%s, learning rate %s: %d of %d losses fall, to %.4f ± %.4f, differ by %.1e; %.1f products a step for %.1f%n",
        name,
        learningRate,
        exact.size(),
        SEEDS.length,
        mean,
        spread,
        difference,
        products / (double) (SEEDS.length * STEPS),
        exactProducts / (double) (SEEDS.length * STEPS));
    assertThat(difference).isLessThan(spread);
    assertThat(products).isLessThan(exactProducts);
  }
}
