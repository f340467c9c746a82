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
  /** Examples beyond which a matrix product gains no speed. */
  private static final int MOST_TOGETHER = 1000;

  private final Device device;
  private final LayerGraph graph;
  private final LossRule loss;
  private final Dataset data;
  private final Scope scope;
  private final Examples examples;
  private final PassSettings settings;
  private final int chunk;

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
    this.settings = settings;
    this.chunk = Math.min(data.examples(), together());
  }

  private int together() {
    if (graph.couplesExamples()) {
      return settings.batchNormExamples();
    }
    return (int) Math.max(1, Math.min(MOST_TOGETHER, settings.chunkBytes() / bytesOf(1)));
  }

  /** Examples that pass through the network together. */
  public int chunk() {
    return chunk;
  }

  /** Tangents of a block of m that pass through a chunk together. */
  public int tangentsTogether(int m) {
    long bytes = bytesOf(chunk);
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
    Sums sums = new Sums();
    for (int from = 0; from < examples(); from += chunk) {
      try (Scope temporary = device.open()) {
        int count = chunkFrom(from);
        Batch batch = examples.batch(from, count);
        sums.add(graph.forward(theta, batch, temporary).output(), labels(from));
      }
    }
    return sums.mean();
  }

  @Override
  public double minibatchGradient(Matrix theta, int[] chosen, Matrix gradient) {
    Sums sums = new Sums();
    device.fill(0, gradient);
    int together = graph.couplesExamples() ? chosen.length : chunk;
    for (int from = 0; from < chosen.length; from += together) {
      int to = Math.min(from + together, chosen.length);
      addGradient(theta, Arrays.copyOfRange(chosen, from, to), chosen.length, gradient, sums);
    }
    return sums.mean().loss();
  }

  /** Adds 1/of of the sum of some examples' gradients. */
  private void addGradient(Matrix theta, int[] chosen, int of, Matrix gradient, Sums sums) {
    try (Scope temporary = device.open()) {
      GraphPass pass = graph.forward(theta, examples.batch(chosen, temporary), temporary);
      Matrix target = examples.targets(chosen, temporary);
      Matrix outputGradient = loss.linearize(pass.output(), target, temporary).gradient();
      device.scale(1.0 / of, outputGradient); // not the parameters' gradient, which is longer
      pass.backward(outputGradient, gradient);
      sums.add(pass.output(), Arrays.stream(chosen).map(i -> data.labels()[i]).toArray());
    }
  }

  @Override
  public Linearization linearize(Matrix theta) {
    return new NetworkLinearization(this, theta, settings.keptBytes());
  }

  /** A chunk passed forward and backward. */
  record ChunkPass(GraphPass pass, LossRule.LossPass loss) {}

  /**
   * Passes a chunk, and adds its gradient to a sum.
   *
   * @param from first example of the chunk
   * @param owner of everything that products need
   */
  ChunkPass passChunk(int from, Matrix theta, Matrix gradient, Scope owner) {
    int count = chunkFrom(from);
    GraphPass pass = graph.forward(theta, examples.batch(from, count), owner);
    Matrix targets = examples.targets(from, count);
    LossRule.LossPass lossPass = loss.linearize(pass.output(), targets, owner);
    pass.backward(lossPass.gradient(), gradient);
    return new ChunkPass(pass, lossPass);
  }

  private int chunkFrom(int from) {
    return Math.min(chunk, examples() - from);
  }

  /** Classes of the examples of the chunk that begins with an example. */
  int[] labels(int from) {
    return Arrays.copyOfRange(data.labels(), from, from + chunkFrom(from));
  }

  @Override
  public void close() {
    scope.close();
  }

  /**
   * The index of the largest of some numbers, counted from the first of them; of equal ones the
   * first.
   */
  public static int largest(double[] values, int at, int classes) {
    int best = 0;
    for (int i = 1; i < classes; i++) {
      if (values[at + i] > values[at + best]) {
        best = i;
      }
    }
    return best;
  }

  /**
   * Sums of the loss and of correct predictions over examples, in double precision, divided once at
   * the end.
   */
  final class Sums {
    private double lossSum;
    private int hits;
    private int count;

    void add(Matrix outputs, int[] labels) {
      double[] values = outputs.toDoubles();
      int classes = outputs.rows();
      for (int j = 0; j < labels.length; j++) {
        lossSum += loss.of(values, j * classes, classes, labels[j]);
        hits += largest(values, j * classes, classes) == labels[j] ? 1 : 0;
      }
      count += labels.length;
    }

    Evaluation mean() {
      return new Evaluation(lossSum / count, (double) hits / count);
    }
  }
}
