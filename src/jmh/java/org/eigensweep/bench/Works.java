package org.eigensweep.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.data.Dataset;

/** What a network does again and again: gradients, products at the same point, mini-batch steps. */
final class Works implements AutoCloseable {
  private static final int BATCH = 50;

  private final PaperNetwork network;
  private final Bench bench;
  private final SplittableRandom random = new SplittableRandom(4);
  private final Map<String, Runnable> all = new LinkedHashMap<>();

  /** Of a network on a device of its own. */
  Works(PaperNetwork network, Dataset data, Devices devices, int threads) {
    this.network = network;
    this.bench = new Bench(network, data, devices, threads);
    all.put("gradient", this::gradient);
    for (int m : new int[] {1, 10}) {
      Matrix block = bench.random(bench.theta.rows(), m);
      Matrix product = bench.scope.matrix(bench.theta.rows(), m);
      all.put("gradient and " + m, () -> products(block, product));
    }
    Matrix gradient = bench.scope.matrix(bench.theta.rows(), 1);
    all.put("step of " + BATCH, () -> step(gradient));
  }

  /** Each by its name; a work has ended when it returns. */
  Map<String, Runnable> all() {
    return all;
  }

  /** GFLOP of a work; 0 for a step. */
  static double gigaflop(PaperNetwork network, String work) {
    String products = "gradient and ";
    if (work.startsWith(products)) {
      int count = Integer.parseInt(work.substring(products.length()));
      return network.gradient() + count * network.product();
    }
    return work.equals("gradient") ? network.gradient() : 0;
  }

  private void gradient() {
    try (Linearization here = bench.objective.linearize(bench.theta)) {
      await(here.gradient());
    }
  }

  private void products(Matrix block, Matrix product) {
    try (Linearization here = bench.objective.linearize(bench.theta)) {
      here.hessianProduct(block, product);
    }
    await(product);
  }

  private void step(Matrix gradient) {
    int[] batch = random.ints(BATCH, 0, network.examples()).toArray();
    bench.objective.minibatchGradient(bench.theta, batch, gradient);
    bench.device.axpy(-1e-6, gradient, bench.theta);
    await(bench.theta);
  }

  /** A device may return before it is done; a number that is read waits. */
  static void await(Matrix matrix) {
    matrix.view(0, 1, 1).toHost();
  }

  @Override
  public void close() {
    bench.close();
  }
}
