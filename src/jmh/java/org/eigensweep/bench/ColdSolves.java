package org.eigensweep.bench;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.mnist.MnistFiles;
import org.eigensweep.linalg.Eigenspace;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.ThickRestartLanczos;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;

/**
 * Hessian-vector products and time that leading pairs take from scratch: the MLP of the paper on
 * MNIST-5k in float32, after some steps of SGD. The argument is "steps,pairs", as in "200,10";
 * {@code EIGENSWEEP_DATA} names the folder of the data.
 */
public final class ColdSolves implements AutoCloseable {
  private static final int BATCH = 50;
  private static final double LEARNING_RATE = 0.1;
  private static final double[] TOLERANCES = {1e-2, 1e-4, 1e-6};

  private final Device device =
      Devices.processor().open(Precision.FLOAT32, Runtime.getRuntime().availableProcessors());
  private final Scope scope = device.open();
  private final SplittableRandom random = new SplittableRandom(0);
  private final Objective objective;
  private final Matrix theta;
  private final Matrix update;

  private ColdSolves() {
    Dataset data =
        new MnistFiles(System.getenv("EIGENSWEEP_DATA"), 5000, 1000)
            .load(new Configuration())
            .train();
    Mlp mlp = new Mlp(List.of(200, 200), Activation.TANH, Initialization.PYTORCH);
    Network network = Network.of(mlp, data.shape(), data.classes(), Loss.MSE);
    objective = network.objective(device, data, new PassSettings(16L << 20, 1L << 30, 1000));
    theta = scope.copyOf(network.initialParameters(new SplittableRandom(0)));
    update = scope.matrix(theta.rows(), 1);
  }

  /** Walks, solves and prints. */
  public static void main(String[] arguments) {
    String[] words = arguments[0].split(",", -1);
    int steps = Integer.parseInt(words[0]);
    int pairs = Integer.parseInt(words[1]);
    try (ColdSolves solves = new ColdSolves()) {
      for (int step = 0; step < steps; step++) {
        solves.step();
      }
      solves.print(pairs);
    }
  }

  private void step() {
    int[] examples = random.ints(BATCH, 0, objective.examples()).toArray();
    objective.minibatchGradient(theta, examples, update);
    device.axpy(-LEARNING_RATE, update, theta);
  }

  private void print(int pairs) {
    try (Linearization here = objective.linearize(theta)) {
      for (double tolerance : TOLERANCES) {
        long start = System.nanoTime();
        int products = products(here, pairs, tolerance);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            Locale.ROOT,
            "%d pairs to %.0e: %d products, %.2f s%n",
            pairs,
            tolerance,
            products,
            seconds);
      }
    }
  }

  private int products(Linearization here, int pairs, double tolerance) {
    SolverSettings settings = new SolverSettings(pairs, tolerance, Which.LARGEST, 2000);
    try (Scope own = device.open()) {
      Eigenspace found =
          new ThickRestartLanczos(settings, new SplittableRandom(1))
              .solve(CurvatureMatrix.HESSIAN.at(here), here.gradient(), own);
      return found.products();
    }
  }

  @Override
  public void close() {
    objective.close();
    scope.close();
    device.close();
  }
}
