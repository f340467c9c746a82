package org.eigensweep.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.linalg.ErrorMeasure;
import org.eigensweep.linalg.ProjectionTracker;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.ThickRestartLanczos;
import org.eigensweep.linalg.Which;
import org.eigensweep.training.UpdateRule;

/**
 * What a whole step of Dom-SGD costs on the MLP of the paper, with the space followed, with a solve
 * from scratch at every step, and with ARPACK from scratch at every step on single products that
 * redo the primal pass each time, as the published code does. All three walk on from the same
 * weights, in turn, so that a busy machine is busy for all of them; the median of each is printed.
 */
public final class DominantStep {
  private static final int PAIRS = 10;
  private static final int BATCH = 50;
  private static final double LEARNING_RATE = 0.01;
  private static final int TRUNK = 500;
  private static final int FOLLOWED_A_ROUND = 25;

  private final Bench bench = new Bench();
  private final SplittableRandom random = new SplittableRandom(0);
  private final Matrix update = bench.scope.matrix(bench.theta.rows(), 1);
  private final ProjectionTracker tracker =
      new ProjectionTracker(bench.device, settings(1e-3), 1e-3, new SplittableRandom(1));
  private final ThickRestartLanczos cold =
      new ThickRestartLanczos(settings(1e-4), new SplittableRandom(2));
  private final Arpack arpack = new Arpack(bench.theta.rows(), PAIRS);
  private long coldProducts;

  private DominantStep() {}

  private static SolverSettings settings(double tolerance) {
    return new SolverSettings(PAIRS, tolerance, Which.LARGEST, 2000);
  }

  /** Measures some rounds; the argument is their number. */
  public static void main(String[] arguments) {
    new DominantStep().measure(Integer.parseInt(arguments[0]));
  }

  private void measure(int rounds) {
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
    print("followed", unit, 1, (tracker.products() - first) / (double) (rounds * FOLLOWED_A_ROUND));
    print("solved", median(solved), median(solved) / unit, coldProducts / (double) rounds);
    print(
        "ARPACK", median(published), median(published) / unit, arpack.products() / (double) rounds);
    tracker.close();
    bench.close();
  }

  private static void print(String name, double seconds, double ratio, double products) {
    System.out.printf(
        Locale.ROOT,
        "%-12s %9.1f ms a step %7.1f times %7.1f products a step%n",
        name,
        1e3 * seconds,
        ratio,
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
          ErrorMeasure.ofUpdate(LEARNING_RATE));
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
      Matrix basis = scope.matrix(bench.theta.rows(), PAIRS);
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
    bench.device.scale(-LEARNING_RATE, update);
  }

  private void apply(UpdateRule rule, Matrix basis) {
    rule.apply(basis, update);
    bench.device.axpy(1, update, bench.theta);
  }
}
