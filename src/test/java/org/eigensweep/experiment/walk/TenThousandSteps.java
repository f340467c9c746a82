package org.eigensweep.experiment.walk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eigensweep.array.Precision;
import org.eigensweep.experiment.outcome.TrunkOutcome;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.training.OptimizerSettings;

/**
 * Makes 13,000 steps of Bulk-SGD with measurements and refreshes, and prints the process's resident
 * kilobytes after 3,000 of them, when every pool and code path is warm, and after all.
 */
final class TenThousandSteps {
  private static int steps;

  private TenThousandSteps() {}

  public static void main(String[] args) {
    NetworkSettings network =
        new NetworkSettings(
            new Mlp(List.of(8), Activation.TANH, Initialization.PYTORCH),
            Loss.MSE,
            0,
            Precision.FLOAT32,
            new PassSettings(16L << 20, 1L << 30, 1000));
    NetworkProblem problem = new NetworkProblem(network, Protocols.DIGITS);
    Protocol protocol =
        new Protocol(
            new TrainingPlan(
                OptimizerSettings.SGD,
                new WarmUp(0, 1, 2),
                new Batches.Shuffled(20),
                13_000,
                new SwitchRule.AtStep(0)),
            new Following(new SolverSettings(3, 1e-2, Which.LARGEST, 500), 1e-2, 50));
    try (LocalRunner runner = LocalRunner.local(protocol, problem, 1)) {
      TrunkOutcome trunk = Whole.trunk(runner, Protocols.trunk(0.01, 3));
      Trial bulk = Protocols.trial(0.01, 3, Continuation.BULK);
      Whole.branch(runner, bulk, trunk.switches().get(3), TenThousandSteps::report);
    }
  }

  private static void report() {
    steps++;
    if (steps == 3_000 || steps == 13_000) {
      collect();
      System.out.println(steps + " " + residentKilobytes());
    }
  }

  /** Lets go of ND4J's small native headers, which otherwise wait for the next collection. */
  private static void collect() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      try {
        Thread.sleep(200); // the headers are freed by a thread of their own
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static long residentKilobytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
