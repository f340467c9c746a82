package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.BatchOrder;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.RandomStream;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trunks and branches on built-in digits, in float64. */
class TrajectoryTest {
  private static final SwitchRule AT_5 = new SwitchRule.AtStep(5);

  static Stream<Continuation> rules() {
    return Stream.of(Continuation.PLAIN, Continuation.DOMINANT, Continuation.BULK);
  }

  private record Ran(TrunkOutcome trunk, BranchOutcome branch) {
    Measurement last() {
      return branch.measurements().get(branch.measurements().size() - 1);
    }
  }

  private static Ran run(Protocol protocol, double learningRate, Continuation rule) {
    try (LocalRunner runner = LocalRunner.local(protocol, Protocols.PROBLEM, 1)) {
      TrunkOutcome trunk = Whole.trunk(runner, Protocols.trunk(learningRate, 3));
      SwitchState from = trunk.switches().get(3);
      return new Ran(trunk, Whole.branch(runner, Protocols.trial(learningRate, 3, rule), from));
    }
  }

  private static double[] theta(MatrixSource theta) {
    return theta.whole().toDoubles();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void hasTheSameBitsHoweverOftenItIsMeasured(Continuation rule) {
    Ran often = run(Protocols.protocol(AT_5, 20, 25, 1), 0.1, rule);
    Ran never = run(Protocols.protocol(AT_5, 20, 25, 1000), 0.1, rule);
    assertThat(often.trunk.measurements()).hasSize(5);
    assertThat(often.branch.measurements()).hasSize(21);
    assertThat(never.branch.measurements()).hasSize(2);
    assertThat(theta(never.trunk.switches().get(3).theta()))
        .containsExactly(theta(often.trunk.switches().get(3).theta()));
    assertThat(never.last().trainLoss()).isEqualTo(often.last().trainLoss());
    assertThat(never.last().distance()).isEqualTo(often.last().distance());
    assertThat(never.last().gradientNorm()).isEqualTo(often.last().gradientNorm());
  }

  /** One batch of all examples has them in another order, so the sums differ by rounding. */
  @ParameterizedTest
  @MethodSource("rules")
  void stepsOverAllExamplesAsOverOneBatchOfThem(Continuation rule) {
    int all = Protocols.DIGITS.train().examples();
    Ran full = run(Protocols.protocol(AT_5, new Batches.Full(), 20, 4, 0), 0.3, rule);
    Ran batch = run(Protocols.protocol(AT_5, all, 20, 4), 0.3, rule);
    assertThat(full.branch.measurements()).hasSameSizeAs(batch.branch.measurements());
    // Rounding is some 1e-14 after 20 steps. A followed space has residuals of 1e-4 of the largest
    // eigenvalue, an angle of 1e-3 where a tenth of that is between its eigenvalues and the others.
    // The angle's square counts in a projection, 20 times, and rounding decides where within it
    // the space lies.
    double same = rule.projects() ? 2e-5 : 1e-12;
    assertThat(full.last().trainLoss()).isCloseTo(batch.last().trainLoss(), within(same));
    assertThat(full.last().distance()).isCloseTo(batch.last().distance(), within(same));
    for (Measurement point : full.trunk.measurements()) {
      assertThat(point.minibatchLoss()).isEqualTo(point.trainLoss());
      assertThat(point.dominantLearningRate(2)).isCloseTo(0.3, within(1e-9));
    }
  }

  @Test
  void stepsOverAllExamplesForOnePassEach() {
    Map<FailingObjective.Call, Integer> calls = new EnumMap<>(FailingObjective.Call.class);
    Protocol protocol = Protocols.protocol(new SwitchRule.AtStep(12), new Batches.Full(), 12, 5, 0);
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
      Whole.trunk(runner, Protocols.trunk(0.3, 3));
    }
    assertThat(calls.get(FailingObjective.Call.LINEARIZE))
        .as("12 steps and the switch")
        .isEqualTo(13);
    assertThat(calls).doesNotContainKey(FailingObjective.Call.BATCH);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-2})
  void hasTheSameBitsHoweverOftenItIsMeasuredWhileItWatchesTheAlignment(double error) {
    SwitchRule aligned = new SwitchRule.OnAlignment(0.5, 0.5);
    Ran often = run(Protocols.protocol(aligned, 20, 60, 1, error), 0.1, Continuation.BULK);
    Ran never = run(Protocols.protocol(aligned, 20, 60, 1000, error), 0.1, Continuation.BULK);
    SwitchState a = often.trunk.switches().get(3);
    SwitchState b = never.trunk.switches().get(3);
    assertThat(b.step()).isEqualTo(a.step()).isPositive();
    assertThat(theta(b.theta())).containsExactly(theta(a.theta()));
    assertThat(theta(b.space().basis())).containsExactly(theta(a.space().basis()));
    assertThat(never.last().trainLoss()).isEqualTo(often.last().trainLoss());
  }

  /**
   * Corrected bases take two products a step and refreshed ones at least four, and each leaves the
   * branch where the other does: the losses differ by less than a tenth of what the update rules
   * differ by.
   */
  @Test
  void staysOnItsWayWhereASmallErrorSavesProducts() {
    Ran exact = run(Protocols.protocol(AT_5, 20, 65, 1000, 0), 0.1, Continuation.BULK);
    Ran close = run(Protocols.protocol(AT_5, 20, 65, 1000, 1e-2), 0.1, Continuation.BULK);
    Ran other = run(Protocols.protocol(AT_5, 20, 65, 1000, 0), 0.1, Continuation.DOMINANT);
    double apart = Math.abs(other.last().trainLoss() - exact.last().trainLoss());
    assertThat(close.last().trainLoss()).isCloseTo(exact.last().trainLoss(), within(0.1 * apart));
    assertThat(exact.branch.cost().corrections()).isZero();
    assertThat(close.branch.cost().corrections()).isGreaterThan(30);
    assertThat(close.branch.cost().products())
        .isLessThan((long) (0.75 * exact.branch.cost().products()));
  }

  @Test
  void isSgdWithoutAProjection() {
    Protocol protocol = Protocols.protocol(AT_5, 20, 25, 10);
    Ran ran = run(protocol, 0.1, Continuation.PLAIN);
    Dataset data = Protocols.DIGITS.train();
    Network network = Protocols.PROBLEM.settings().over(data);
    try (Device device = Devices.processor().open(Protocols.PROBLEM.settings().precision(), 1);
        Scope scope = device.open();
        Objective objective =
            network.objective(device, data, Protocols.PROBLEM.settings().passes())) {
      Matrix theta = scope.copyOf(network.initialParameters(RandomStream.WEIGHTS.of(11)));
      Matrix gradient = scope.matrix(theta.rows(), 1);
      BatchOrder order = new BatchOrder(RandomStream.BATCHES, 11, 200, 20);
      for (int step = 0; step < 25; step++) {
        if (step == 5) {
          assertThat(theta(ran.trunk.switches().get(3).theta())).containsExactly(theta.toDoubles());
        }
        objective.minibatchGradient(theta, order.batch(step), gradient);
        device.scale(-0.1, gradient); // rounded before it is added, as a displacement is
        device.axpy(1, gradient, theta);
      }
      assertThat(objective.evaluate(theta).loss()).isCloseTo(ran.last().trainLoss(), within(1e-15));
    }
  }

  @Test
  void keepsItsUpdatesInsideOrOutsideTheSpace() {
    Protocol protocol = Protocols.protocol(AT_5, 20, 25, 1);
    for (Measurement m : withUpdates(run(protocol, 0.1, Continuation.DOMINANT))) {
      // what steers and what measures are two bases within the tolerance of 1e-4 of the space
      assertThat(m.updateAlignment(3)).isCloseTo(1, within(1e-6));
      assertThat(m.bulkLearningRate(3)).isCloseTo(0, within(1e-3));
    }
    for (Measurement m : withUpdates(run(protocol, 0.1, Continuation.BULK))) {
      assertThat(m.updateAlignment(3)).isCloseTo(0, within(1e-3));
      assertThat(m.dominantLearningRate(3)).isCloseTo(0, within(1e-3));
      assertThat(m.updateAlignment(4))
          .isGreaterThan(1e-3); // the fourth direction is bulk at rank 3
    }
  }

  /** In full-batch descent Δ = −ηg, so both effective learning rates are η and χ(Δ) is χ(g). */
  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.2})
  void measuresTheLearningRateOfGradientDescent(double learningRate) {
    Ran ran = run(Protocols.protocol(AT_5, 200, 15, 1), learningRate, Continuation.PLAIN);
    for (Measurement m : withUpdates(ran)) {
      for (int k = 1; k <= 4; k++) {
        // float64; the bulk's share of the gradient is at least a hundredth here
        assertThat(m.dominantLearningRate(k)).isCloseTo(learningRate, within(1e-10));
        assertThat(m.bulkLearningRate(k)).isCloseTo(learningRate, within(1e-10));
        assertThat(m.updateAlignment(k)).isCloseTo(m.gradientAlignment(k), within(1e-10));
      }
    }
  }

  private static List<Measurement> withUpdates(Ran ran) {
    List<Measurement> measurements = ran.branch.measurements();
    assertThat(measurements.get(measurements.size() - 1).updateNorm()).isNaN();
    return measurements.subList(0, measurements.size() - 1);
  }

  @Test
  void measuresTheDistanceFromTheSwitch() {
    Ran ran = run(Protocols.protocol(AT_5, 20, 9, 1), 0.1, Continuation.BULK);
    List<Measurement> branch = ran.branch.measurements();
    assertThat(ran.trunk.measurements()).allMatch(m -> Double.isNaN(m.distance()));
    assertThat(branch.get(0).distance()).isZero();
    assertThat(branch.get(1).distance())
        .isCloseTo(branch.get(0).updateNorm(), within(1e-12)); // one step away
    assertThat(branch).extracting(Measurement::step).containsExactly(5, 6, 7, 8, 9);
  }

  @Test
  void switchesWhenTheAverageOfTheAlignmentPassesTheThreshold() {
    Protocol protocol = Protocols.protocol(new SwitchRule.OnAlignment(0.8, 0.5), 20, 80, 1);
    try (LocalRunner runner = LocalRunner.local(protocol, Protocols.PROBLEM, 1)) {
      TrunkOutcome trunk = Whole.trunk(runner, Protocols.trunk(0.1, 4, 2));
      assertThat(trunk.status()).isEqualTo(Status.COMPLETED);
      for (int rank : new int[] {4, 2}) {
        SwitchState at = trunk.switches().get(rank);
        double average = 0;
        for (Measurement m : trunk.measurements()) {
          if (m.step() < at.step()) {
            average = 0.8 * average + 0.2 * m.gradientAlignment(rank);
            assertThat(average).isLessThanOrEqualTo(0.5);
          }
        }
        assertThat(0.8 * average + 0.2 * at.alignment()).isGreaterThan(0.5);
      }
      // more directions see more of the gradient, so the larger rank cannot switch later
      assertThat(trunk.switches().get(4).step()).isLessThan(trunk.switches().get(2).step());
    }
  }

  @Test
  void saysWhenTheSwitchNeverComes() {
    Protocol protocol = Protocols.protocol(new SwitchRule.OnAlignment(0.9, 0.999999), 20, 12, 5);
    try (LocalRunner runner = LocalRunner.local(protocol, Protocols.PROBLEM, 1)) {
      AtomicInteger steps = new AtomicInteger();
      TrunkOutcome trunk = Whole.trunk(runner, Protocols.trunk(0.05, 3), steps::incrementAndGet);
      assertThat(trunk.status()).isEqualTo(Status.NOT_SWITCHED);
      assertThat(trunk.switches()).isEmpty();
      assertThat(trunk.measurements()).extracting(Measurement::step).containsExactly(0, 5, 10, 12);
      assertThat(trunk.cost().steps()).isEqualTo(12).isEqualTo(steps.get());
    }
  }

  @Test
  void endsWithTheRowOfTheStepAtWhichItDiverges() {
    Ran ran = run(Protocols.protocol(new SwitchRule.AtStep(0), 20, 400, 1), 1e3, Continuation.BULK);
    assertThat(ran.branch.status()).isEqualTo(Status.DIVERGED);
    List<Measurement> rows = ran.branch.measurements();
    assertThat(rows.subList(0, rows.size() - 1))
        .isNotEmpty()
        .allMatch(m -> Double.isFinite(m.trainLoss()) && !Double.isNaN(m.updateNorm()));
    assertThat(rows)
        .extracting(Measurement::step)
        .containsExactlyElementsOf(IntStream.range(0, rows.size()).boxed().toList());
    assertThat(ran.last().step()).isEqualTo(ran.branch.cost().steps());
    assertThat(ran.last().updateNorm()).isNaN();
  }

  @Test
  void endsWithTheRowOfTheStepAtWhichItDivergesWhereThatIsNotMeasured() {
    try (LocalRunner runner =
        LocalRunner.local(
            Protocols.protocol(new SwitchRule.AtStep(399), 20, 400, 300), Protocols.PROBLEM, 1)) {
      TrunkOutcome trunk = Whole.trunk(runner, Protocols.trunk(1e3, 3));
      assertThat(trunk.status()).isEqualTo(Status.DIVERGED);
      assertThat(trunk.switches()).isEmpty();
      int steps = trunk.cost().steps();
      assertThat(steps).isLessThan(300);
      assertThat(trunk.measurements()).extracting(Measurement::step).containsExactly(0, steps);
      assertThat(trunk.measurements().get(1).trainLoss()).isNaN();
      assertThat(trunk.measurements().get(1).eigenvalues()).isEmpty();
    }
  }

  /** The fifth mini-batch has no finite loss, and the whole training set has one. */
  @Test
  void keepsWhatWasMeasuredWhereTheNextStepIsNotFinite() {
    Protocol protocol = Protocols.protocol(new SwitchRule.AtStep(0), 20, 9, 1);
    AtomicInteger batches = new AtomicInteger();
    try (LocalRunner runner =
        WrappedProblem.runner(
            protocol,
            Devices.processor().open(Protocols.PROBLEM.settings().precision(), 1),
            mean ->
                new FailingObjective(
                    mean,
                    call ->
                        call == FailingObjective.Call.BATCH && batches.incrementAndGet() > 4))) {
      Trunk trunk = Protocols.trunk(0.1, 3);
      SwitchState from = Whole.trunk(runner, trunk).switches().get(3);
      BranchOutcome branch =
          Whole.branch(runner, Protocols.trial(0.1, 3, Continuation.PLAIN), from);
      assertThat(branch.status()).isEqualTo(Status.DIVERGED);
      assertThat(branch.measurements())
          .extracting(Measurement::step)
          .containsExactly(0, 1, 2, 3, 4);
      Measurement last = branch.measurements().get(4);
      assertThat(last.trainLoss()).isFinite();
      assertThat(last.eigenvalues()).hasSize(4);
      assertThat(last.updateNorm()).isNaN();
      assertThat(last.updateAlignment(3)).isNaN();
      assertThat(last.bulkLearningRate(3)).isNaN();
      assertThat(last.made().minibatchGradient().alignment(3)).isNaN();
      assertThat(last.made().baseUpdate().alignment(3)).isNaN();
    }
  }
}
