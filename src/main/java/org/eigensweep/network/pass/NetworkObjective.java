package org.eigensweep.network.pass;

import java.util.Arrays;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;

/** The mean loss of a graph of layers over a data set that lives on the device. */
public final class NetworkObjective implements Objective {
  private final Device device;
  private final LayerGraph graph;
  private final LossRule loss;
  private final Dataset data;
  private final Scope scope;
  private final Examples examples;
  private final PassSettings settings;
  private final Chunks chunks;

  public NetworkObjective(
      Device device, LayerGraph graph, LossRule loss, Dataset data, PassSettings settings) {
    this.device = device;
    this.graph = graph;
    this.loss = loss;
    this.data = data;
    this.scope = device.open();
    try {
      this.examples = Examples.of(device, graph, data, scope);
    } catch (RuntimeException | Error e) { // the data may not fit the network
      scope.close();
      throw e;
    }
    this.settings = settings.on(device.sizes());
    this.chunks = chunksOf(data.examples());
  }

  private Chunks chunksOf(int count) {
    return graph.chunks(count, examples.features(), settings, device.precision());
  }

  /** How the examples pass through the network. */
  public Chunks chunks() {
    return chunks;
  }

  /** Tangents of a block of m that pass through a chunk together. */
  public int tangentsTogether(int m) {
    long bytes = bytesOf(chunks.size());
    return bytes <= settings.chunkBytes()
        ? m
        : (int) Math.max(1, m * (double) settings.chunkBytes() / bytes);
  }

  /** Bytes of the outputs of all layers for some examples. */
  private long bytesOf(int count) {
    return count * graph.activations(examples.features()) * device.precision().bytes();
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public int parameters() {
    return graph.parameters();
  }

  @Override
  public int examples() {
    return data.examples();
  }

  @Override
  public Evaluation evaluate(Matrix theta) {
    LossSums[] losses = new LossSums[chunks.count()];
    device.inOrder(losses.length, (i, turn) -> losses[i] = evaluate(i, theta));
    return LossSums.mean(losses);
  }

  private LossSums evaluate(int chunk, Matrix theta) {
    try (Scope temporary = device.open()) {
      return losses(chunk, graph.forward(theta, batch(chunk), temporary).output());
    }
  }

  @Override
  public double minibatchGradient(Matrix theta, int[] chosen, Matrix gradient) {
    int count = chosen.length;
    Chunks together = graph.couplesExamples() ? Chunks.ofSize(count, count) : chunksOf(count);
    LossSums[] losses = new LossSums[together.count()];
    ChunkSums.sum(
        together,
        (i, sum) -> {
          int[] mine = Arrays.copyOfRange(chosen, together.from(i), together.to(i));
          losses[i] = addGradient(theta, mine, count, sum);
        },
        gradient);
    return LossSums.mean(losses).loss();
  }

  /** Adds 1/of of the sum of some examples' gradients. */
  private LossSums addGradient(Matrix theta, int[] chosen, int of, Matrix gradient) {
    try (Scope temporary = device.open()) {
      GraphPass pass = graph.forward(theta, examples.batch(chosen, temporary), temporary);
      Matrix target = examples.targets(chosen, temporary);
      Matrix outputGradient = loss.linearize(pass.output(), target, temporary).gradient();
      device.scale(1.0 / of, outputGradient); // not the parameters' gradient, which is longer
      pass.backward(outputGradient, gradient);
      int[] labels = Arrays.stream(chosen).map(i -> data.labels()[i]).toArray();
      return LossSums.of(loss, pass.output(), labels);
    }
  }

  @Override
  public Linearization linearize(Matrix theta) {
    return new NetworkLinearization(this, theta, settings.keptBytes());
  }

  /**
   * Passes a chunk, and adds its gradient to a sum.
   *
   * @return owned by the caller, who closes it
   */
  ChunkPass passChunk(int chunk, Matrix theta, Matrix gradient) {
    Scope owner = device.open();
    try {
      GraphPass pass = graph.forward(theta, batch(chunk), owner);
      Matrix targets = examples.targets(chunks.from(chunk), count(chunk));
      LossRule.LossPass lossPass = loss.linearize(pass.output(), targets, owner);
      pass.backward(lossPass.gradient(), gradient);
      return new ChunkPass(pass, lossPass, owner);
    } catch (RuntimeException | Error e) { // memory may run out
      owner.close();
      throw e;
    }
  }

  private Batch batch(int chunk) {
    return examples.batch(chunks.from(chunk), count(chunk));
  }

  private int count(int chunk) {
    return chunks.to(chunk) - chunks.from(chunk);
  }

  /** Sums over the examples of a chunk. */
  LossSums losses(int chunk, Matrix outputs) {
    int[] labels = Arrays.copyOfRange(data.labels(), chunks.from(chunk), chunks.to(chunk));
    return LossSums.of(loss, outputs, labels);
  }

  @Override
  public void close() {
    scope.close();
  }
}
