package org.eigensweep.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.data.Dataset;
import org.eigensweep.linalg.ErrorMeasure;
import org.eigensweep.linalg.ProjectionTracker;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.ThickRestartLanczos;
import org.eigensweep.linalg.Which;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.training.UpdateRule;

/**
 * What a whole step of Dom-SGD costs on a network of the paper, with the space followed, with a
 * solve from scratch at every step, and with ARPACK from scratch at every step on single products
 * that redo the primal pass each time, as the published code does. All three walk on from the same
 * weights, in turn, so that a busy machine is busy for all of them; the median of each is printed.
 * Beside them stands what ARPACK's products alone would take in PyTorch, by its time of one. The
 * argument is "network,rounds", as in "mlp,3", or "mlp,3,cuda" on a GPU; the property {@code trunk}
 * is the number of steps before, 500 unless set; without {@code EIGENSWEEP_DATA}, the folder of the
 * data, numbers of their shape take their place.
 */
public final class DominantStep {
  private static final int BATCH = 50;
  private static final int TRUNK = Integer.getInteger("trunk", 500);
  private static final int FOLLOWED_A_ROUND = 25;

  private final PaperNetwork network;
  private final Bench bench;
  private final SplittableRandom random = new SplittableRandom(0);
  private final Matrix update;
  private final ProjectionTracker tracker;
  private final ThickRestartLanczos cold;
  private final Arpack arpack;
  private long coldProducts;

  private DominantStep(PaperNetwork network, Devices devices) {
    this.network = network;
    String folder = System.getenv("EIGENSWEEP_DATA");
    Dataset data =
        folder == null ? network.data() : network.files(folder).load(new Configuration()).train();
    bench = new Bench(network, data, devices);
    update = bench.scope.matrix(bench.theta.rows(), 1);
    tracker = new ProjectionTracker(bench.device, settings(1e-3), 1e-3, new SplittableRandom(1));
    cold = new ThickRestartLanczos(settings(1e-4), new SplittableRandom(2));
    arpack = new Arpack(bench.theta.rows(), network.pairs());
  }

  private SolverSettings settings(double tolerance) {
    return new SolverSettings(network.pairs(), tolerance, Which.LARGEST, 2000);
  }

  /** Measures some rounds. */
  public static void main(String[] arguments) throws IOException {
    String[] words = arguments[0].split(",", -1);
    DeviceChoice choice =
        words.length > 2
            ? DeviceChoice.valueOf(words[2].toUpperCase(Locale.ROOT))
            : DeviceChoice.CPU;
    new DominantStep(PaperNetwork.valueOf(words[0].toUpperCase(Locale.ROOT)), choice.here(0))
        .measure(Integer.parseInt(words[1]));
  }

  private void measure(int rounds) throws IOException {
    for (int t = 0; t < TRUNK; t++) {
      step(UpdateRule.PLAIN, null);
    }
    followed();
    long first = tracker.products();
    double[] followed = new double[rounds];
    double[] solved = new double[rounds];
    double[] published = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      followed[round] = seconds(this::followed, FOLLOWED_A_ROUND);
      solved[round] = seconds(this::solved, 1);
      published[round] = seconds(this::published, 1);
    }
    double unit = median(followed);
    double products = arpack.products() / (double) rounds;
    print(
        "followed",
        unit,
        unit,
        (tracker.products() - first) / (double) (rounds * FOLLOWED_A_ROUND));
    print("solved", median(solved), unit, coldProducts / (double) rounds);
    print("ARPACK", median(published), unit, products);
    tracker.close();
    bench.close();
    String name = network.name().toLowerCase(Locale.ROOT);
    Double product = PyTorch.medians(2, 3, name).get(name + " product");
    if (product != null) {
      print("its products in PyTorch", products * product / 1e3, unit, products);
    }
  }

  private static void print(String name, double seconds, double unit, double products) {
    System.out.printf(
        Locale.ROOT,
        "%-24s %9.1f ms a step %7.1f times %7.1f products a step%n",
        name,
        1e3 * seconds,
        seconds / unit,
        products);
  }

  private static double seconds(Runnable step, int times) {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      step.run();
    }
    return (System.nanoTime() - start) / 1e9 / times;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void followed() {
    try (Linearization here = bench.objective.linearize(bench.theta)) {
      minibatch();
      tracker.follow(
          CurvatureMatrix.HESSIAN.at(here),
          bench.theta,
          update,
          ErrorMeasure.ofUpdate(network.learningRate()));
      apply(UpdateRule.DOMINANT, tracker.basis());
    }
  }

  private void solved() {
    try (Linearization here = bench.objective.linearize(bench.theta);
        Scope scope = bench.device.open()) {
      var space = cold.solve(CurvatureMatrix.HESSIAN.at(here), here.gradient(), scope);
      coldProducts += space.products();
      step(UpdateRule.DOMINANT, space.vectors());
    }
  }

  private void published() {
    try (Scope scope = bench.device.open()) {
      Matrix basis = scope.matrix(bench.theta.rows(), network.pairs());
      basis.write(doubles(arpack.solve(product(scope))));
      step(UpdateRule.DOMINANT, basis);
    }
  }

  /** A product of one vector that passes through the network anew. */
  private UnaryOperator<float[]> product(Scope scope) {
    Matrix vector = scope.matrix(bench.theta.rows(), 1);
    Matrix image = scope.matrix(bench.theta.rows(), 1);
    return values -> {
      vector.write(doubles(values));
      try (Linearization again = bench.objective.linearize(bench.theta)) {
        again.hessianProduct(vector, image);
      }
      double[] product = image.toDoubles();
      float[] rounded = new float[product.length];
      for (int i = 0; i < rounded.length; i++) {
        rounded[i] = (float) product[i];
      }
      return rounded;
    };
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private void step(UpdateRule rule, Matrix basis) {
    minibatch();
    apply(rule, basis);
  }

  private void minibatch() {
    int[] examples = random.ints(BATCH, 0, bench.objective.examples()).toArray();
    bench.objective.minibatchGradient(bench.theta, examples, update);
    bench.device.scale(-network.learningRate(), update);
  }

  private void apply(UpdateRule rule, Matrix basis) {
    rule.apply(basis, update);
    bench.device.axpy(1, update, bench.theta);
  }
}
