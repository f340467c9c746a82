package org.eigensweep.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Split;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.TrunkOutcome;
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
import org.eigensweep.experiment.walk.LocalRunner;
import org.eigensweep.experiment.walk.Segment;
import org.eigensweep.experiment.walk.TrialRunner;
import org.eigensweep.experiment.walk.TrunkStart;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.training.OptimizerSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Trunks that start after a warm-up, against our own steps. */
class TrunkStartsTest {
  private static final Split DIGITS = new GeneratedDigits(90, 20, 1).load(new Configuration());
  private static final NetworkProblem PROBLEM =
      new NetworkProblem(
          new NetworkSettings(
              new Mlp(List.of(6), Activation.TANH, Initialization.PYTORCH),
              Loss.MSE,
              0,
              Precision.FLOAT64,
              new PassSettings(16L << 20, 1L << 30, 1000)),
          DIGITS);
  private static final int STEPS = 6;
  private static JavaSparkContext spark;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("warm-up")
                .set("spark.ui.enabled", "false")
                .set("spark.serializer", JavaSerializer.class.getName()));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  private static Protocol protocol(WarmUp warmUp) {
    return new Protocol(
        new TrainingPlan(
            OptimizerSettings.SGD, warmUp, new Batches.Shuffled(10), 1, new SwitchRule.AtStep(1)),
        new Following(new SolverSettings(2, 1e-4, Which.LARGEST, 500), 0, 1));
  }

  private static Trunk trunk(double learningRate) {
    return new Trunk(learningRate, 5, List.of(2), List.of(Continuation.PLAIN));
  }

  private static TrunkStart startOf(Protocol protocol, Trunk trunk) {
    return new TrunkStarts(spark, protocol.plan(), PROBLEM).of(trunk);
  }

  @Test
  void withoutAWarmUpTheTrunkDrawsItsWeights() {
    assertThat(startOf(protocol(new WarmUp(0, 1, 2)), trunk(0.1)))
        .isEqualTo(new TrunkStart.Drawn());
  }

  /** Steps of two epochs, in float64, which another order of sums moves by some roundoffs. */
  @Test
  void aTrunkStartsWhereTheWarmUpEnds() {
    Protocol protocol = protocol(new WarmUp(STEPS, 1, 2));
    Trunk trunk = trunk(0.1);
    Network network = PROBLEM.network();
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Objective objective =
            network.objective(device, DIGITS.train(), PROBLEM.settings().passes());
        Scope scope = device.open()) {
      Matrix theta = scope.copyOf(PROBLEM.start(trunk.seed()));
      double cold = objective.evaluate(theta).loss();
      Matrix gradient = scope.matrix(theta.rows(), 1);
      IntFunction<int[]> batches = protocol.plan().warmUp().batches(trunk.seed(), 90, 10);
      for (int step = 0; step < STEPS; step++) {
        objective.minibatchGradient(theta, batches.apply(step), gradient);
        device.axpy(-trunk.learningRate(), gradient, theta);
      }
      double warm = objective.evaluate(theta).loss();
      assertThat(warm).isLessThan(0.9 * cold);
      assertThat(firstLoss(run(protocol, trunk)) / warm - 1).isBetween(-1e-13, 1e-13);
    }
  }

  @Test
  void theMeanOfTwoWorkersHasTheSameBitsOnEveryRun() {
    Protocol protocol = protocol(new WarmUp(STEPS, 3, 2));
    assertThat(values(startOf(protocol, trunk(0.1))))
        .containsExactly(values(startOf(protocol, trunk(0.1))));
  }

  @Test
  void aWarmUpThatDivergesIsATrunkThatDid() {
    TrunkOutcome outcome = run(protocol(new WarmUp(200, 100, 2)), trunk(100));
    assertThat(outcome.status()).isEqualTo(Status.DIVERGED);
    assertThat(outcome.measurements()).extracting(Measurement::step).containsExactly(0);
    assertThat(outcome.measurements().get(0).trainLoss()).isNaN();
  }

  private static TrunkOutcome run(Protocol protocol, Trunk trunk) {
    try (TrialRunner runner = LocalRunner.local(protocol, PROBLEM, 1)) {
      return runner
          .runTrunk(trunk, startOf(protocol, trunk), Segment.whole(() -> {}))
          .outcome()
          .orElseThrow();
    }
  }

  private static double firstLoss(TrunkOutcome outcome) {
    return outcome.measurements().get(0).trainLoss();
  }

  private static double[] values(TrunkStart start) {
    HostMatrix theta = ((TrunkStart.Given) start).theta();
    return ((HostMatrix.Doubles) theta).values();
  }
}
