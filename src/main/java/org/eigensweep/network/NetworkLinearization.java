package org.eigensweep.network;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;

/** A network's objective at one θ: the primal activations of every chunk, kept on the device. */
final class NetworkLinearization implements Linearization {
  private final Device device;
  private final Scope scope;
  private final int examples;
  private final List<NetworkObjective.ChunkPass> chunks = new ArrayList<>();
  private final Matrix gradient;
  private final Evaluation evaluation;

  NetworkLinearization(NetworkObjective objective, Matrix theta) {
    this.device = objective.device();
    this.scope = device.open();
    this.examples = objective.examples();
    this.gradient = scope.zeros(objective.parameters(), 1);
    NetworkObjective.Sums sums = objective.new Sums();
    for (int from = 0; from < examples; from += NetworkObjective.CHUNK) {
      chunks.add(objective.passChunk(from, theta, gradient, sums, scope));
    }
    device.scale(1.0 / examples, gradient);
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
    device.fill(0, product);
    for (NetworkObjective.ChunkPass chunk : chunks) {
      try (Scope temporary = device.open()) {
        chunk.pass().addHessianProducts(block, chunk.loss(), product, temporary);
      }
    }
    device.scale(1.0 / examples, product);
  }

  @Override
  public void gaussNewtonProduct(Matrix block, Matrix product) {
    device.fill(0, product);
    for (NetworkObjective.ChunkPass chunk : chunks) {
      try (Scope temporary = device.open()) {
        chunk.pass().addGaussNewtonProducts(block, chunk.loss(), product, temporary);
      }
    }
    device.scale(1.0 / examples, product);
  }

  @Override
  public void close() {
    scope.close();
  }
}
