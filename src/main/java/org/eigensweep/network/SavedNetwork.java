package org.eigensweep.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.eigensweep.array.CpuKernels;
import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;

/**
 * A network that a user trained with DL4J and saved with its ModelSerializer: any {@code
 * MultiLayerNetwork}, and any {@code ComputationGraph} with one output and one input, or two for
 * text: tokens and their mask. Where every layer and the loss have a derivative rule, its curvature
 * is exact; elsewhere it comes from finite differences of DL4J's gradient.
 */
public final class SavedNetwork {
  static {
    CpuKernels.choose();
  }

  private final Dl4jModel model;
  private final HostMatrix parameters;
  private final LayerGraph graph;
  private final LossRule loss;
  private final String missing;

  private SavedNetwork(Dl4jModel model, LayerGraph graph, LossRule loss, String missing) {
    this.model = model;
    // Taken now: an objective moves the model's own parameters.
    double[] theta = model.parameters().toDoubleVector();
    this.parameters = new HostMatrix.Doubles(theta.length, 1, theta);
    this.graph = graph;
    this.loss = loss;
    this.missing = missing;
  }

  /**
   * Reads a saved network.
   *
   * @param name the file's name, for messages
   * @param zip the file's bytes
   * @throws IllegalArgumentException if it is no such file, or has dropout, whose loss is random
   */
  public static SavedNetwork read(String name, byte[] zip) {
    MultiLayerNetwork sequential;
    try {
      sequential = ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip), false);
    } catch (IOException | RuntimeException notSequential) {
      return readGraph(name, zip);
    }
    return of(name, Dl4jModel.of(sequential));
  }

  private static SavedNetwork readGraph(String name, byte[] zip) {
    ComputationGraph graph;
    try {
      graph = ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(zip), false);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          ("%s: neither a MultiLayerNetwork nor a ComputationGraph, expected a zip that DL4J's"
                  + " ModelSerializer wrote")
              .formatted(name),
          e);
    }
    return of(name, Dl4jModel.of(graph));
  }

  private static SavedNetwork of(String name, Dl4jModel model) {
    Architecture architecture = model.architecture();
    int most = model.taking() == Dl4jModel.Taking.TOKENS ? 2 : 1;
    if (architecture.inputs().size() > most || architecture.outputs().size() != 1) {
      throw new IllegalArgumentException(
          "%s: a graph with %d inputs and %d outputs, expected one of each, or tokens and a mask"
              .formatted(name, architecture.inputs().size(), architecture.outputs().size()));
    }
    for (Architecture.Vertex vertex : architecture.vertices()) {
      if (vertex.layer() != null && vertex.layer().getLayer().getIDropout() != null) {
        throw new IllegalArgumentException(
            "%s: layer %s has dropout, expected a loss that is not random: save the network without it"
                .formatted(name, vertex.name()));
      }
    }
    return of(model);
  }

  static SavedNetwork of(Dl4jModel model) {
    try {
      LayerGraph graph = Dl4jCompiler.compile(model.architecture());
      return new SavedNetwork(model, graph, lossOf(model.architecture()), null);
    } catch (IllegalArgumentException e) {
      return new SavedNetwork(model, null, null, e.getMessage());
    }
  }

  private static LossRule lossOf(Architecture architecture) {
    NeuralNetConfiguration last = architecture.last().layer();
    if (last != null && last.getLayer() instanceof BaseOutputLayer output) {
      return Dl4jLoss.of(output);
    }
    throw new IllegalArgumentException("the last layer has no loss, expected an output layer");
  }

  /** The trained parameters in DL4J's order, n × 1. */
  public HostMatrix parameters() {
    return parameters;
  }

  /**
   * Why curvature comes from finite differences: the first layer or loss without a rule. Empty
   * where it is exact.
   */
  public Optional<String> missingRule() {
    return Optional.ofNullable(missing);
  }

  /**
   * The mean loss over a data set, without the configuration's regularisation.
   *
   * @param device where everything lives; of double precision where a rule is missing
   * @param data examples of the network's sizes
   * @return owned by the caller, who closes it
   * @throws IllegalArgumentException if the data do not have the network's sizes
   */
  public Objective objective(Device device, Dataset data) {
    checkSizes(data);
    return graph == null
        ? new DifferencedObjective(device, model, data)
        : new NetworkObjective(device, graph, loss, data);
  }

  private void checkSizes(Dataset data) {
    Architecture architecture = model.architecture();
    NeuralNetConfiguration first = architecture.vertices().get(0).layer();
    if (first != null && first.getLayer() instanceof EmbeddingSequenceLayer embedding) {
      checkTokens(embedding, data);
    } else if (first != null
        && first.getLayer() instanceof DenseLayer dense
        && dense.getNIn() != data.features()) {
      throw new IllegalArgumentException(
          "the network takes %d inputs, the data have %d: expected data of the network's own kind"
              .formatted(dense.getNIn(), data.features()));
    }
    NeuralNetConfiguration last = architecture.last().layer();
    if (last != null
        && last.getLayer() instanceof FeedForwardLayer output
        && output.getNOut() != data.classes()) {
      throw new IllegalArgumentException(
          "the network has %d outputs, the data %d classes: expected data of the network's own kind"
              .formatted(output.getNOut(), data.classes()));
    }
  }

  private static void checkTokens(EmbeddingSequenceLayer embedding, Dataset data) {
    int length = data.shape().width();
    if (data.shape().channels() != 2 || data.shape().height() != 1) {
      throw new IllegalArgumentException(
          "the network takes tokens, the data are images: expected text, as in sst2");
    }
    if (!embedding.isInferInputLength() && embedding.getInputLength() != length) {
      throw new IllegalArgumentException(
          "the network takes %d tokens an example, the data have %d: set data.max-length"
              .formatted(embedding.getInputLength(), length));
    }
    for (int i = 0; i < data.inputs().length; i++) {
      boolean token = i / length % 2 == 0;
      if (token && data.inputs()[i] >= embedding.getNIn()) {
        throw new IllegalArgumentException(
            "the network knows %d tokens, the data have number %.0f: expected the vocabulary it was trained with"
                .formatted(embedding.getNIn(), data.inputs()[i]));
      }
    }
  }
}
