package org.eigensweep.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
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
 * MultiLayerNetwork}, and any {@code ComputationGraph} with one input and one output. Where every
 * layer and the loss have a derivative rule, its curvature is exact; elsewhere it comes from finite
 * differences of DL4J's gradient.
 */
public final class SavedNetwork {
  static {
    CpuKernels.choose();
  }

  private final Dl4jModel model;
  private final HostMatrix parameters;
  private final Chain chain;
  private final LossRule loss;
  private final String missing;

  private SavedNetwork(Dl4jModel model, Chain chain, LossRule loss, String missing) {
    this.model = model;
    // Taken now: an objective moves the model's own parameters.
    double[] theta = model.parameters().toDoubleVector();
    this.parameters = new HostMatrix.Doubles(theta.length, 1, theta);
    this.chain = chain;
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
    for (NeuralNetConfiguration part : sequential.getLayerWiseConfigurations().getConfs()) {
      refuseDropout(name, part.getLayer());
    }
    return of(sequential);
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
    if (graph.getNumInputArrays() != 1 || graph.getNumOutputArrays() != 1) {
      throw new IllegalArgumentException(
          "%s: a graph with %d inputs and %d outputs, expected one of each"
              .formatted(name, graph.getNumInputArrays(), graph.getNumOutputArrays()));
    }
    for (var layer : graph.getLayers()) {
      refuseDropout(name, layer.conf().getLayer());
    }
    return of(graph);
  }

  private static void refuseDropout(String name, org.deeplearning4j.nn.conf.layers.Layer layer) {
    if (layer.getIDropout() != null) {
      throw new IllegalArgumentException(
          "%s: layer %s has dropout, expected a loss that is not random: save the network without it"
              .formatted(name, layer.getLayerName()));
    }
  }

  static SavedNetwork of(ComputationGraph graph) {
    String missing = "a ComputationGraph has no exact derivative rule";
    return new SavedNetwork(Dl4jModel.of(graph), null, null, missing);
  }

  static SavedNetwork of(MultiLayerNetwork network) {
    MultiLayerConfiguration configuration = network.getLayerWiseConfigurations();
    Dl4jModel model = Dl4jModel.of(network);
    try {
      Chain chain = Dl4jCompiler.compile(configuration);
      return new SavedNetwork(model, chain, lossOf(configuration), null);
    } catch (IllegalArgumentException e) {
      return new SavedNetwork(model, null, null, e.getMessage());
    }
  }

  private static LossRule lossOf(MultiLayerConfiguration configuration) {
    List<NeuralNetConfiguration> parts = configuration.getConfs();
    if (parts.get(parts.size() - 1).getLayer() instanceof BaseOutputLayer output) {
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
    if (model instanceof Dl4jModel.Sequential sequential) {
      checkSizes(sequential.network().getLayerWiseConfigurations().getConfs(), data);
    }
    return chain == null
        ? new DifferencedObjective(device, model, data)
        : new NetworkObjective(device, chain, loss, data);
  }

  private static void checkSizes(List<NeuralNetConfiguration> parts, Dataset data) {
    if (parts.get(0).getLayer() instanceof DenseLayer first && first.getNIn() != data.features()) {
      throw new IllegalArgumentException(
          "the network takes %d inputs, the data have %d: expected data of the network's own kind"
              .formatted(first.getNIn(), data.features()));
    }
    if (parts.get(parts.size() - 1).getLayer() instanceof FeedForwardLayer last
        && last.getNOut() != data.classes()) {
      throw new IllegalArgumentException(
          "the network has %d outputs, the data %d classes: expected data of the network's own kind"
              .formatted(last.getNOut(), data.classes()));
    }
  }
}
