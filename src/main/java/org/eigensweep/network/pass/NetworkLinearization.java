package org.eigensweep.network.pass;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;

/**
 * A network's objective at one θ. The first chunks of examples stay on the device after their
 * forward and backward pass, as many as the memory limit allows. The others pass again for every
 * block of products.
 */
final class NetworkLinearization implements Linearization {
  private final NetworkObjective objective;
  private final Device device;
  private final Matrix theta;
  private final Scope scope;
  private final List<Scope> kept = new ArrayList<>();
  private final List<NetworkObjective.ChunkPass> chunks = new ArrayList<>();
  private final Matrix gradient;
  private final Evaluation evaluation;

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
    this.gradient = scope.zeros(objective.parameters(), 1);
    try {
      this.evaluation = pass(keptBytes);
    } catch (RuntimeException | Error e) { // memory for a chunk may run out
      close();
      throw e;
    }
  }

  /** Adds up the gradient, and keeps the first chunks. */
  private Evaluation pass(long keptBytes) {
    NetworkObjective.Sums sums = objective.new Sums();
    long bytes = 0;
    for (int from = 0; from < objective.examples(); from += objective.chunk()) {
      Scope owner = device.open();
      kept.add(owner);
      NetworkObjective.ChunkPass chunk = objective.passChunk(from, theta, gradient, owner);
      sums.add(chunk.pass().output(), objective.labels(from));
      bytes += owner.bytes();
      if (bytes <= keptBytes) {
        chunks.add(chunk);
      } else {
        kept.remove(kept.size() - 1);
        owner.close();
      }
    }
    device.scale(1.0 / objective.examples(), gradient);
    return sums.mean();
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
    void add(NetworkObjective.ChunkPass chunk, Matrix tangents, Matrix sums, Scope temporary);
  }

  /** product ← the mean over examples of what a rule adds to it. */
  private void sum(Rule rule, Matrix block, Matrix product) {
    device.fill(0, product);
    for (NetworkObjective.ChunkPass chunk : chunks) {
      add(rule, chunk, block, product);
    }
    int first = chunks.size() * objective.chunk();
    for (int from = first; from < objective.examples(); from += objective.chunk()) {
      try (Scope again = device.open()) {
        Matrix known = again.zeros(objective.parameters(), 1);
        add(rule, objective.passChunk(from, theta, known, again), block, product);
      }
    }
    device.scale(1.0 / objective.examples(), product);
  }

  private void add(Rule rule, NetworkObjective.ChunkPass chunk, Matrix block, Matrix product) {
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
    kept.forEach(Scope::close);
    scope.close();
  }
}
