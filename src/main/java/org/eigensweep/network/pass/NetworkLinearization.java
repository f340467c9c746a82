package org.eigensweep.network.pass;

import java.util.Objects;
import java.util.stream.Stream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;

/**
 * A network's objective at one θ. Chunks of examples stay on the device after their forward and
 * backward pass, as many as the memory limit allows. The others pass again for every block of
 * products.
 */
final class NetworkLinearization implements Linearization {
  private final NetworkObjective objective;
  private final Device device;
  private final Matrix theta;
  private final Scope scope;
  private final ChunkPass[] kept;
  private final Matrix gradient;
  private final Evaluation evaluation;
  private long free;

  /**
   * Passes all examples.
   *
   * @param theta n × 1; must not change while this is open
   * @param keptBytes storage that activations may take between products
   */
  NetworkLinearization(NetworkObjective objective, Matrix theta, long keptBytes) {
    this.objective = objective;
    this.device = objective.device();
    this.theta = theta;
    this.scope = device.open();
    this.kept = new ChunkPass[objective.chunks().count()];
    this.free = keptBytes;
    try {
      this.gradient = scope.matrix(objective.parameters(), 1);
      this.evaluation = pass();
    } catch (RuntimeException | Error e) { // memory for a chunk may run out
      close();
      throw e;
    }
  }

  /** Adds up the gradient, and keeps what fits. */
  private Evaluation pass() {
    LossSums[] losses = new LossSums[kept.length];
    ChunkSums.sum(
        objective.chunks(),
        (i, sum) -> {
          ChunkPass chunk = objective.passChunk(i, theta, sum);
          losses[i] = objective.losses(i, chunk.pass().output());
          if (fits(chunk)) {
            kept[i] = chunk;
          } else {
            chunk.close();
          }
        },
        gradient);
    device.scale(1.0 / objective.examples(), gradient);
    return LossSums.mean(losses);
  }

  private synchronized boolean fits(ChunkPass chunk) {
    boolean fits = chunk.bytes() <= free;
    free -= fits ? chunk.bytes() : 0;
    return fits;
  }

  @Override
  public Evaluation evaluation() {
    return evaluation;
  }

  @Override
  public Matrix gradient() {
    return gradient;
  }

  @Override
  public void hessianProduct(Matrix block, Matrix product) {
    sum(
        (chunk, tangents, sums, temporary) ->
            chunk.pass().addHessianProducts(tangents, chunk.loss(), sums, temporary),
        block,
        product);
  }

  @Override
  public void gaussNewtonProduct(Matrix block, Matrix product) {
    sum(
        (chunk, tangents, sums, temporary) ->
            chunk.pass().addGaussNewtonProducts(tangents, chunk.loss(), sums, temporary),
        block,
        product);
  }

  private interface Rule {
    /** Adds a chunk's products with some tangents. */
    void add(ChunkPass chunk, Matrix tangents, Matrix sums, Scope temporary);
  }

  /** product ← the mean over examples of what a rule adds to it. */
  private void sum(Rule rule, Matrix block, Matrix product) {
    ChunkSums.sum(
        objective.chunks(),
        (i, sums) -> {
          if (kept[i] == null) {
            addAgain(rule, i, block, sums);
          } else {
            add(rule, kept[i], block, sums);
          }
        },
        product);
    device.scale(1.0 / objective.examples(), product);
  }

  private void addAgain(Rule rule, int index, Matrix block, Matrix sums) {
    try (Scope again = device.open()) {
      Matrix known = again.zeros(objective.parameters(), 1);
      try (ChunkPass chunk = objective.passChunk(index, theta, known)) {
        add(rule, chunk, block, sums);
      }
    }
  }

  private void add(Rule rule, ChunkPass chunk, Matrix block, Matrix product) {
    int m = block.columns();
    int together = objective.tangentsTogether(m);
    for (int from = 0; from < m; from += together) {
      int count = Math.min(together, m - from);
      try (Scope temporary = device.open()) {
        rule.add(chunk, block.columns(from, count), product.columns(from, count), temporary);
      }
    }
  }

  @Override
  public void close() {
    Stream.of(kept).filter(Objects::nonNull).forEach(ChunkPass::close);
    scope.close();
  }
}
