package org.eigensweep.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.eigensweep.array.CpuKernels;
import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.network.archive.SavedModel;

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
  private final ParameterLayout layout;
  private final L2Term l2;
  private final HostMatrix parameters;
  private final LayerGraph graph;
  private final LossRule loss;
  private final String missing;

  private SavedNetwork(Dl4jModel model, LayerGraph graph, LossRule loss, String missing) {
    this.model = model;
    this.layout = ParameterLayout.of(model);
    this.l2 = model.l2(layout);
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
   * @throws IllegalArgumentException if it is no such file, or has dropout, whose loss is random,
   *     or regularisation other than L2 and weight decay
   */
  public static SavedNetwork read(String name, byte[] zip) {
    try {
      Dl4jModel model = Dl4jModel.of(SavedModel.read(zip));
      requireOneLoss(model);
      return of(model);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static void requireOneLoss(Dl4jModel model) {
    Architecture architecture = model.architecture();
    int most = model.taking() == Dl4jExamples.Taking.TOKENS ? 2 : 1;
    if (architecture.inputs().size() > most || architecture.outputs().size() != 1) {
      throw new IllegalArgumentException(
          "a graph with %d inputs and %d outputs, expected one of each, or tokens and a mask"
              .formatted(architecture.inputs().size(), architecture.outputs().size()));
    }
    for (Architecture.Vertex vertex : architecture.vertices()) {
      if (vertex.layer() != null && vertex.layer().getLayer().getIDropout() != null) {
        throw new IllegalArgumentException(
            "layer %s has dropout, expected a loss that is not random: save the network without it"
                .formatted(vertex.name()));
      }
    }
  }

  static SavedNetwork of(Dl4jModel model) {
    LayerGraph graph;
    LossRule loss;
    try {
      graph = Dl4jCompiler.compile(model.architecture());
      loss = lossOf(model.architecture());
    } catch (IllegalArgumentException e) {
      return new SavedNetwork(model, null, null, e.getMessage());
    }
    return new SavedNetwork(model, graph, loss, null);
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

  /** The layers that have parameters, by name, in the vector's order. */
  public List<String> layers() {
    return layout.layers();
  }

  /**
   * Where a layer's parameters lie in the parameter vector, by DL4J's name of the layer, as in
   * "layer0", or one of its parameters, as in "layer0.W".
   *
   * @throws IllegalArgumentException naming those there are
   */
  public IndexRange parameterRange(String name) {
    return layout.range(name);
  }

  /**
   * The coefficients c of the L2 term ½·Σ c·‖w‖² in the training loss, by name of the parameter w,
   * in the vector's order; empty where the configuration has none.
   */
  public Map<String, Double> l2() {
    return l2.coefficients();
  }

  /** The value of the L2 term for the trained parameters. */
  public double l2Value() {
    return l2.at(((HostMatrix.Doubles) parameters).values());
  }

  /**
   * The parameters that the configuration's weight decay shrinks, by name, in the vector's order.
   * It belongs to DL4J's update and not to the loss, so no objective has it.
   */
  public List<String> weightDecay() {
    return L2Term.weightDecay(layout);
  }

  /**
   * The training loss over a data set: the mean loss and the configuration's L2 term.
   *
   * @param device where everything lives; of double precision where a rule is missing
   * @param data examples of the network's sizes
   * @param settings how the examples pass through the network
   * @return owned by the caller, who closes it
   * @throws IllegalArgumentException if the data do not have the network's sizes
   */
  public Objective trainingObjective(Device device, Dataset data, PassSettings settings) {
    return l2.over(objective(device, data, settings));
  }

  /**
   * The mean loss over a data set, without the configuration's regularisation.
   *
   * @param device where everything lives; of double precision where a rule is missing
   * @param data examples of the network's sizes
   * @param settings how the examples pass through the network
   * @return owned by the caller, who closes it
   * @throws IllegalArgumentException if the data do not have the network's sizes
   */
  public Objective objective(Device device, Dataset data, PassSettings settings) {
    checkSizes(data);
    return graph == null
        ? new DifferencedObjective(device, model, data, settings)
        : new NetworkObjective(device, graph, loss, data, settings);
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
