package org.eigensweep.bench;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

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
import org.eigensweep.linalg.LinearOperator;
import org.eigensweep.linalg.ProjectionTracker;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.SubspaceTracker;
import org.eigensweep.linalg.ThickRestartLanczos;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.Network;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;

/**
 * What following the dominant space costs, in products a step, against how exact it is: SGD on the
 * MLP of the paper and MNIST-5k, in float32. The reference is solved from scratch in float64 to
 * residuals of 1e-6 at every tenth step. The argument is the number of steps, or for one run alone
 * "steps,learning rate,first step,pairs,loss", of which the last two may be left out; {@code
 * EIGENSWEEP_DATA} names the folder of the data.
 */
public final class Frontier implements AutoCloseable {
  private static final int CLASSES = 10;
  private static final int BATCH = 50;
  private static final int COMPARED_EVERY = 10;

  private final Device device = Devices.processor().open(Precision.FLOAT32, 1);
  private final Device exactDevice = Devices.processor().open(Precision.FLOAT64, 1);
  private final Scope scope = device.open();
  private final Objective objective;
  private final Objective exactObjective;
  private final Matrix theta;
  private final Matrix update;
  private final double learningRate;
  private final int pairs;
  private final SplittableRandom random = new SplittableRandom(0);
  private final List<FrontierMethod> methods;

  private Frontier(double learningRate, int pairs, Loss loss) {
    Dataset data =
        new MnistFiles(System.getenv("EIGENSWEEP_DATA"), 5000, 1000)
            .load(new Configuration())
            .train();
    Network network =
        Network.of(
            new Mlp(List.of(200, 200), Activation.TANH, Initialization.PYTORCH),
            data.shape(),
            data.classes(),
            loss);
    this.learningRate = learningRate;
    this.pairs = pairs;
    PassSettings passes = new PassSettings(16L << 20, 1L << 30, 1000);
    objective = network.objective(device, data, passes);
    exactObjective = network.objective(exactDevice, data, passes);
    theta = scope.copyOf(network.initialParameters(new SplittableRandom(0)));
    update = scope.matrix(theta.rows(), 1);
    methods =
        List.of(
            FrontierMethod.stale(tracker(), 8),
            projection(1e-2, 1e-3),
            projection(1e-3, 1e-3),
            projection(1e-4, 1e-3),
            projection(0, 1e-1),
            projection(0, 1e-2),
            projection(0, 1e-3));
  }

  private SolverSettings settings(double tolerance) {
    return new SolverSettings(pairs, tolerance, Which.LARGEST, 2000);
  }

  private SubspaceTracker tracker() {
    return new SubspaceTracker(device, settings(1e-3), new SplittableRandom(1));
  }

  private FrontierMethod projection(double error, double tolerance) {
    return FrontierMethod.projection(
        error,
        tolerance,
        new ProjectionTracker(device, settings(tolerance), error, new SplittableRandom(1)));
  }

  /** Walks and prints, for both learning rates from both starts. */
  public static void main(String[] arguments) {
    String[] words = arguments[0].split(",", -1);
    int steps = Integer.parseInt(words[0]);
    if (words.length > 1) {
      int pairs = words.length > 3 ? Integer.parseInt(words[3]) : CLASSES;
      boolean entropy = words.length > 4 && words[4].equals("cross-entropy");
      Loss loss = entropy ? Loss.CROSS_ENTROPY : Loss.MSE;
      run(steps, Double.parseDouble(words[1]), Integer.parseInt(words[2]), pairs, loss);
      return;
    }
    for (double learningRate : new double[] {0.01, 0.1}) {
      for (int first : new int[] {500, 2000}) {
        run(steps, learningRate, first, CLASSES, Loss.MSE);
      }
    }
    run(steps, 0.01, 500, 2 * CLASSES, Loss.MSE);
    run(steps, 0.01, 0, CLASSES, Loss.CROSS_ENTROPY);
    run(steps, 0.01, 0, 2 * CLASSES, Loss.CROSS_ENTROPY);
  }

  private static void run(int steps, double learningRate, int first, int pairs, Loss loss) {
    try (Frontier frontier = new Frontier(learningRate, pairs, loss)) {
      frontier.walk(first, steps);
      System.out.printf(
          Locale.ROOT,
          "%s, learning rate %s, %d pairs, %d steps from %d%n",
          loss,
          learningRate,
          pairs,
          steps,
          first);
      System.out.println(FrontierMethod.HEADING);
      frontier.methods.forEach(System.out::println);
    }
  }

  private void walk(int first, int steps) {
    for (int t = 0; t < first; t++) {
      step();
    }
    for (int t = 0; t <= steps; t++) {
      try (Linearization here = objective.linearize(theta)) {
        look(here, t > 0 && t % COMPARED_EVERY == 0, t);
      }
      step();
    }
  }

  private void step() {
    int[] examples = random.ints(BATCH, 0, objective.examples()).toArray();
    objective.minibatchGradient(theta, examples, update);
    device.axpy(-learningRate, update, theta);
  }

  private void look(Linearization here, boolean compares, int step) {
    LinearOperator hessian = CurvatureMatrix.HESSIAN.at(here);
    for (FrontierMethod method : methods) {
      method.follow(step, hessian, theta, here.gradient());
    }
    if (compares) {
      try (Scope temporary = exactDevice.open();
          Linearization there = exactObjective.linearize(copy(theta, temporary))) {
        Matrix exact = reference(CurvatureMatrix.HESSIAN.at(there), temporary);
        for (FrontierMethod method : methods) {
          method.compare(copy(method.basis(), temporary), exact, there.gradient());
        }
      }
    }
  }

  private Matrix reference(LinearOperator hessian, Scope owner) {
    return new ThickRestartLanczos(settings(1e-6), new SplittableRandom(2))
        .solve(hessian, owner)
        .vectors();
  }

  private static Matrix copy(Matrix matrix, Scope owner) {
    Matrix copy = owner.matrix(matrix.rows(), matrix.columns());
    copy.write(matrix.toDoubles());
    return copy;
  }

  @Override
  public void close() {
    methods.forEach(FrontierMethod::close);
    objective.close();
    exactObjective.close();
    scope.close();
    device.close();
    exactDevice.close();
  }

  /** a ← a − b·bᵀa. */
  static void takeOut(Matrix b, Matrix a) {
    try (Scope temporary = a.device().open()) {
      Matrix inside = temporary.matrix(b.columns(), a.columns());
      a.device().gemm(YES, NO, 1, b, a, 0, inside);
      a.device().gemm(NO, NO, -1, b, inside, 1, a);
    }
  }
}
