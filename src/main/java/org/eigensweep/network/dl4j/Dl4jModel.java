package org.eigensweep.network.dl4j;

import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_LOG_STD;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_MEAN;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_VAR;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;

/** A DL4J network in float64, as DL4J itself evaluates and differentiates it. */
public sealed interface Dl4jModel {
  /** A sequential network or a graph, converted to float64. */
  public static Dl4jModel of(org.deeplearning4j.nn.api.Model model) {
    return model instanceof ComputationGraph graph ? of(graph) : of((MultiLayerNetwork) model);
  }

  /** A sequential network, converted to float64. */
  public static Dl4jModel of(MultiLayerNetwork network) {
    return new Sequential(network.convertDataType(DataType.DOUBLE));
  }

  /** A graph with one input and one output, converted to float64. */
  public static Dl4jModel of(ComputationGraph graph) {
    return new Graph(graph.convertDataType(DataType.DOUBLE));
  }

  /** The network's configuration. */
  Architecture architecture();

  /** What the first layer takes. */
  Dl4jExamples.Taking taking();

  /** The network as a graph, whichever it is; the parameters are in the same order. */
  ComputationGraph graph();

  /** All parameters in DL4J's order, 1 × n. */
  INDArray parameters();

  /** All layers and vertices that may have parameters, by name. */
  Map<String, Trainable> layers();

  /** The L2 term of the configuration, where its training stands. */
  L2Term l2(ParameterLayout layout);

  /** Replaces all parameters. */
  void assign(INDArray parameters);

  /** The outputs for a batch, in the mode in which gradients are taken. */
  INDArray outputs(INDArray... inputs);

  /** The outputs for a batch in evaluation mode. */
  INDArray evaluationOutputs(INDArray... inputs);

  /**
   * The gradient of the loss summed over a batch, 1 × n, without regularisation, which DL4J leaves
   * to its updater. It is zero for the running statistics of batch normalisation, where DL4J puts
   * their next moves.
   */
  INDArray gradientOfSum(INDArray labels, INDArray... inputs);

  /** Whether the loss of an example depends on which batch it is in. */
  boolean couplesExamples();

  /**
   * The mean loss over a batch by a forward pass alone, without regularisation. The score that DL4J
   * leaves after a gradient is another where a LossLayer ends the network: the gradient overwrites
   * the layer's input before that score is taken.
   */
  double score(INDArray labels, INDArray... inputs);

  /** What regularisation adds to DL4J's score, weight decay included. */
  double regularization();

  /** A sequential network. */
  record Sequential(MultiLayerNetwork network) implements Dl4jModel {
    @Override
    public ComputationGraph graph() {
      return network.toComputationGraph();
    }

    @Override
    public Architecture architecture() {
      return new Architecture.Sequential(network.getLayerWiseConfigurations());
    }

    @Override
    public Dl4jExamples.Taking taking() {
      boolean reshaped = network.getLayerWiseConfigurations().getInputPreProcess(0) != null;
      return reshaped ? Dl4jExamples.Taking.VECTORS : Dl4jModel.taking(network.getLayer(0));
    }

    @Override
    public INDArray parameters() {
      return network.params();
    }

    @Override
    public Map<String, Trainable> layers() {
      Map<String, Trainable> layers = new LinkedHashMap<>();
      for (Layer layer : network.getLayers()) {
        layers.put(layer.getConfig().getLayerName(), layer);
      }
      return layers;
    }

    @Override
    public L2Term l2(ParameterLayout layout) {
      return L2Term.of(layout, network.getIterationCount(), network.getEpochCount());
    }

    @Override
    public void assign(INDArray parameters) {
      network.setParams(parameters);
    }

    @Override
    public INDArray outputs(INDArray... inputs) {
      return network.output(inputs[0], true);
    }

    @Override
    public INDArray evaluationOutputs(INDArray... inputs) {
      return network.output(inputs[0], false);
    }

    @Override
    public INDArray gradientOfSum(INDArray labels, INDArray... inputs) {
      network.setInput(inputs[0]);
      network.setLabels(labels);
      network.computeGradientAndScore();
      return withoutMoves(network.getFlattenedGradients(), network.paramTable());
    }

    @Override
    public boolean couplesExamples() {
      return runningStatistics(network.paramTable()).findAny().isPresent();
    }

    @Override
    public double score(INDArray labels, INDArray... inputs) {
      return network.score(new DataSet(inputs[0], labels), true) - regularization();
    }

    @Override
    public double regularization() {
      return network.calcRegularizationScore(true);
    }
  }

  /** A graph. */
  record Graph(ComputationGraph graph) implements Dl4jModel {
    @Override
    public Architecture architecture() {
      return new Architecture.Graph(graph.getConfiguration());
    }

    @Override
    public Dl4jExamples.Taking taking() {
      return Dl4jModel.taking(graph.getLayer(0));
    }

    @Override
    public INDArray parameters() {
      return graph.params();
    }

    @Override
    public Map<String, Trainable> layers() {
      Map<String, Trainable> layers = new LinkedHashMap<>();
      for (GraphVertex vertex : graph.getVertices()) {
        layers.put(vertex.getVertexName(), vertex);
      }
      return layers;
    }

    @Override
    public L2Term l2(ParameterLayout layout) {
      return L2Term.of(
          layout,
          graph.getConfiguration().getIterationCount(),
          graph.getConfiguration().getEpochCount());
    }

    @Override
    public void assign(INDArray parameters) {
      graph.setParams(parameters);
    }

    @Override
    public INDArray outputs(INDArray... inputs) {
      forgetLabels();
      graph.setInputs(inputs);
      return graph.outputSingle(true, inputs);
    }

    @Override
    public INDArray evaluationOutputs(INDArray... inputs) {
      forgetLabels();
      graph.setInputs(inputs);
      return graph.outputSingle(false, inputs);
    }

    @Override
    public INDArray gradientOfSum(INDArray labels, INDArray... inputs) {
      graph.setInputs(inputs);
      graph.setLabels(labels);
      graph.computeGradientAndScore();
      return withoutMoves(graph.getFlattenedGradients(), graph.paramTable());
    }

    @Override
    public boolean couplesExamples() {
      return runningStatistics(graph.paramTable()).findAny().isPresent();
    }

    @Override
    public double score(INDArray labels, INDArray... inputs) {
      if (inputs.length > 1) {
        // DL4J's forward score takes the number of inputs for that of the examples
        gradientOfSum(labels, inputs);
        return graph.score() - regularization();
      }
      forgetLabels();
      MultiDataSet batch = new MultiDataSet(inputs, new INDArray[] {labels});
      return graph.score(batch, true) - regularization();
    }

    /** DL4J's preprocessors take the number of the last labels for that of the examples. */
    private void forgetLabels() {
      graph.clear();
    }

    @Override
    public double regularization() {
      return graph.calcRegularizationScore(true);
    }
  }

  private static INDArray withoutMoves(INDArray gradient, Map<String, INDArray> parameters) {
    runningStatistics(parameters)
        .forEach(
            part -> {
              long from = part.offset();
              gradient.get(point(0), interval(from, from + part.length())).assign(0);
            });
    return gradient;
  }

  /** Views of the parameters that no layer but batch normalisation has. */
  private static Stream<INDArray> runningStatistics(Map<String, INDArray> parameters) {
    return parameters.entrySet().stream()
        .filter(
            entry ->
                entry
                    .getKey()
                    .matches(".*_(%s|%s|%s)".formatted(GLOBAL_MEAN, GLOBAL_VAR, GLOBAL_LOG_STD)))
        .map(Map.Entry::getValue);
  }

  private static Dl4jExamples.Taking taking(Layer first) {
    if (first.conf().getLayer() instanceof EmbeddingSequenceLayer) {
      return Dl4jExamples.Taking.TOKENS;
    }
    return switch (first.type()) {
      case CONVOLUTIONAL, CONVOLUTIONAL3D, SUBSAMPLING, UPSAMPLING -> Dl4jExamples.Taking.IMAGES;
      case FEED_FORWARD, RECURRENT, RECURSIVE, MULTILAYER, NORMALIZATION ->
          Dl4jExamples.Taking.VECTORS;
    };
  }
}
