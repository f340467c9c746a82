package org.eigensweep.network.dl4j;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.eigensweep.network.preset.Transformer;
import org.eigensweep.network.vertex.DotProductAttentionVertex;
import org.eigensweep.network.vertex.LayerNormalizationLayer;
import org.eigensweep.network.vertex.SinusoidalPositions;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;

/**
 * A transformer as a DL4J graph. Between the embedding and the mean every position is a row, so
 * that DL4J's dense layers and additions serve as they are.
 */
final class TransformerConfiguration {
  /** The inputs: token ids and the key-padding mask, both examples × length. */
  static final String TOKENS = "tokens";

  static final String MASK = "mask";

  /** PyTorch's default for layer normalisation. */
  private static final double EPSILON = 1e-5;

  private final Transformer model;
  private final int length;
  private final GraphBuilder graph;

  private TransformerConfiguration(Transformer model, int length, GraphBuilder graph) {
    this.model = model;
    this.length = length;
    this.graph = graph;
  }

  /**
   * Adds a whole network to an empty graph.
   *
   * @param model architecture
   * @param length positions of an example
   * @param output what classifies the mean
   * @param graph carries the settings that all layers share
   */
  static ComputationGraphConfiguration of(
      Transformer model, int length, OutputLayer output, GraphBuilder graph) {
    return new TransformerConfiguration(model, length, graph).build(output);
  }

  private ComputationGraphConfiguration build(OutputLayer output) {
    graph.addInputs(TOKENS, MASK);
    graph.addLayer("embedding", embedding(), TOKENS);
    graph.addVertex("positions", new PreprocessorVertex(new SinusoidalPositions()), "embedding");
    graph.addVertex(
        "rows", new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), "positions");
    String last = "rows";
    for (int i = 0; i < model.layers(); i++) {
      last = addEncoder("encoder" + i, last);
    }
    graph.addVertex("sequence", new PreprocessorVertex(new FeedForwardToRnnPreProcessor()), last);
    graph.addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), "sequence");
    graph.addLayer("output", output, "mean");
    return graph.setOutputs("output").build();
  }

  private EmbeddingSequenceLayer embedding() {
    return new EmbeddingSequenceLayer.Builder()
        .nIn(model.vocabulary())
        .nOut(model.width())
        .inferInputLength(false)
        .inputLength(length)
        .activation(new ActivationIdentity())
        .build();
  }

  /** Attention and feed-forward part, each with its residual and its normalisation after that. */
  private String addEncoder(String name, String input) {
    int width = model.width();
    String attention = name + "-attention";
    graph.addLayer(name + "-projections", dense(width, 3 * width), input);
    graph.addVertex(
        attention,
        new DotProductAttentionVertex(width, model.heads(), length),
        name + "-projections",
        MASK);
    graph.addLayer(name + "-heads", dense(width, width), attention);
    String attended = addNormalized(name + "-attended", input, name + "-heads");
    IActivation activation = Dl4jActivations.of(model.activation());
    graph.addLayer(name + "-hidden", dense(width, model.feedForward(), activation), attended);
    graph.addLayer(name + "-narrow", dense(model.feedForward(), width), name + "-hidden");
    return addNormalized(name + "-transformed", attended, name + "-narrow");
  }

  private String addNormalized(String name, String input, String change) {
    graph.addVertex(name + "-sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), input, change);
    graph.addLayer(name, new LayerNormalizationLayer(model.width(), EPSILON), name + "-sum");
    return name;
  }

  private static DenseLayer dense(int inputs, int outputs) {
    return dense(inputs, outputs, new ActivationIdentity());
  }

  private static DenseLayer dense(int inputs, int outputs, IActivation activation) {
    return new DenseLayer.Builder().nIn(inputs).nOut(outputs).activation(activation).build();
  }
}
