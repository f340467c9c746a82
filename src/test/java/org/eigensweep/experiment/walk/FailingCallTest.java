package org.eigensweep.experiment.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eigensweep.array.Blocks;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.InUse;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.experiment.outcome.BranchOutcome;
import org.eigensweep.experiment.outcome.Measurement;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.SwitchState;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.spectrum.Block;
import org.eigensweep.experiment.spectrum.SpectrumRequest;
import org.eigensweep.experiment.spectrum.SpectrumStudy;
import org.eigensweep.experiment.spectrum.SpectrumSubject;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.RandomStream;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.linalg.NotFiniteException;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whichever call of an objective fails: a trial ends with the row of that step, a study with the
 * exception, and nothing stays behind on the device.
 */
class FailingCallTest {
  private static final Protocol PROTOCOL =
      Protocols.protocol(new SwitchRule.AtStep(2), 50, 6, 3, 1e-2);

  private final Device device = Devices.processor().open(Precision.FLOAT64, 1);
  private final Dataset data = Protocols.DIGITS.train();
  private final Network network = Protocols.PROBLEM.settings().over(data);
  private final AtomicInteger calls = new AtomicInteger();

  /** What the device keeps from its first use on. */
  @BeforeEach
  void open() {
    try (Scope scope = device.open()) {
      Matrix row = scope.zeros(1, data.examples());
      device.sumEach(1, Blocks.shared(row), 0, Blocks.shared(scope.matrix(1, 1)));
    }
  }

  @AfterEach
  void close() {
    device.close();
  }

  /** Fails at the n-th call of a kind; 0 for never. */
  private Objective failing(FailingObjective.Call kind, int n) {
    calls.set(0);
    return new FailingObjective(
        network.objective(device, data, Protocols.PROBLEM.settings().passes()),
        call -> call == kind && calls.incrementAndGet() == n);
  }

  /** A trunk and a branch from its switch, where there is one. */
  private Status run(Objective train) {
    LocalRunner runner = WrappedProblem.runner(PROTOCOL, device, mean -> train);
    long before = InUse.bytes(device);
    Trunk trunk = Protocols.trunk(0.1, 3);
    TrunkOutcome ran = Whole.trunk(runner, trunk);
    assertThat(InUse.bytes(device)).isEqualTo(before);
    SwitchState from = ran.switches().get(3);
    if (from == null) {
      return ended(ran.status(), ran.measurements(), ran.cost().steps());
    }
    BranchOutcome branch = Whole.branch(runner, Protocols.trial(0.1, 3, Continuation.BULK), from);
    assertThat(InUse.bytes(device)).isEqualTo(before);
    return ended(branch.status(), branch.measurements(), from.step() + branch.cost().steps());
  }

  private static Status ended(Status status, List<Measurement> rows, int step) {
    assertThat(rows.get(rows.size() - 1).step()).isEqualTo(step);
    return status;
  }

  @ParameterizedTest
  @EnumSource(
      value = FailingObjective.Call.class,
      names = {"LINEARIZE", "BATCH", "PRODUCT"})
  void endsATrialWhateverFails(FailingObjective.Call kind) {
    assertThat(run(failing(kind, 0))).isEqualTo(Status.COMPLETED);
    int all = calls.get();
    assertThat(all).isPositive();
    for (int n = 1; n <= all; n++) {
      assertThat(run(failing(kind, n))).as("call %d of %d", n, all).isEqualTo(Status.DIVERGED);
    }
  }

  private void study(Objective objective) {
    SpectrumRequest request =
        new SpectrumRequest(new SolverSettings(3, 1e-3, Which.LARGEST, 200), 12, 2, 4, 0);
    Block whole = Block.whole(objective.parameters());
    SpectrumStudy.of(
        objective,
        network.initialParameters(RandomStream.WEIGHTS.of(1)).whole(),
        new SpectrumSubject(CurvatureMatrix.HESSIAN, whole, List.of(whole)),
        request);
  }

  @Test
  void endsAStudyWhateverProductFails() {
    Objective sound = failing(FailingObjective.Call.PRODUCT, 0);
    long before = InUse.bytes(device);
    study(sound);
    assertThat(InUse.bytes(device)).isEqualTo(before);
    int all = calls.get();
    assertThat(all).isPositive();
    for (int n = 1; n <= all; n++) {
      Objective failing = failing(FailingObjective.Call.PRODUCT, n);
      long ready = InUse.bytes(device);
      assertThatThrownBy(() -> study(failing))
          .as("product %d of %d", n, all)
          .isInstanceOf(NotFiniteException.class);
      assertThat(InUse.bytes(device)).isEqualTo(ready);
    }
  }
}
