package org.eigensweep.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;

/**
 * A network's objective at one θ. The primal activations of the first chunks are kept on the device
 * until they take {@link #KEPT_BYTES}; those of the rest are computed again for every block of
 * products, which costs as much as one gradient of those examples, whatever the block.
 */
final class NetworkLinearization implements Linearization {
  /**
   * All of the MLP's 5,000 examples take a twentieth of it, the CNN's nearly five times as much.
   */
  static final long KEPT_BYTES = 1L << 30;

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
    NetworkObjective.Sums sums = objective.new Sums();
    long bytes = 0;
    for (int from = 0; from < objective.examples(); from += objective.chunk()) {
      Scope owner = device.open();
      NetworkObjective.ChunkPass chunk = objective.passChunk(from, theta, gradient, owner);
      sums.add(chunk.pass().output(), objective.labels(from));
      bytes += owner.bytes();
      if (bytes <= keptBytes) {
        kept.add(owner);
        chunks.add(chunk);
      } else {
        owner.close();
      }
    }
    device.scale(1.0 / objective.examples(), gradient);
    this.evaluation = sums.mean();
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
        product,
        (chunk, temporary) ->
            chunk.pass().addHessianProducts(block, chunk.loss(), product, temporary));
  }

  @Override
  public void gaussNewtonProduct(Matrix block, Matrix product) {
    sum(
        product,
        (chunk, temporary) ->
            chunk.pass().addGaussNewtonProducts(block, chunk.loss(), product, temporary));
  }

  /** product ← the mean over examples of what each chunk adds to it. */
  private void sum(Matrix product, BiConsumer<NetworkObjective.ChunkPass, Scope> add) {
    device.fill(0, product);
    for (NetworkObjective.ChunkPass chunk : chunks) {
      try (Scope temporary = device.open()) {
        add.accept(chunk, temporary);
      }
    }
    int first = chunks.size() * objective.chunk();
    for (int from = first; from < objective.examples(); from += objective.chunk()) {
      try (Scope again = device.open()) {
        Matrix known = again.zeros(objective.parameters(), 1);
        add.accept(objective.passChunk(from, theta, known, again), again);
      }
    }
    device.scale(1.0 / objective.examples(), product);
  }

  @Override
  public void close() {
    kept.forEach(Scope::close);
    scope.close();
  }
}
