package org.eigensweep.network.saved;

import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CapsuleLayer;
import org.deeplearning4j.nn.conf.layers.CapsuleStrengthLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.PrimaryCapsules;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.Samples;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A small network with one layer, or one option, under test, and what must become of it.
 *
 * @param name what is special
 * @param subject the class under test
 * @param network makes the network
 * @param data examples for it
 * @param verdict what must come out
 * @param says what the reason or the refusal must contain; nothing where it is exact
 */
public record SavedCase(
    String name,
    Class<?> subject,
    Supplier<Model> network,
    Dataset data,
    Verdict verdict,
    String says) {
  /** 2 × 4 × 4 or 32 values an example, three classes. */
  static final Dataset IMAGES = Samples.images(10, new InputShape(2, 4, 4), 3, 31);

  /** Texts of up to four tokens of five, three classes. */
  static final Dataset TEXT = Samples.text(10, 4, 5, 3, 33);

  static final Dataset VECTORS = Samples.data(10, 6, 3, 32);

  @Override
  public String toString() {
    return subject.getSimpleName() + ", " + name + ": " + verdict;
  }

  static SavedCase exact(String name, Layer layer) {
    return new SavedCase(name, layer.getClass(), () -> between(layer), VECTORS, Verdict.EXACT, "");
  }

  static SavedCase other(String name, Layer layer, Verdict verdict, String says) {
    return new SavedCase(name, layer.getClass(), () -> between(layer), VECTORS, verdict, says);
  }

  static SavedCase last(String name, Layer layer, Verdict verdict, String says) {
    return new SavedCase(name, layer.getClass(), () -> endsWith(layer), VECTORS, verdict, says);
  }

  static SavedCase image(String name, Layer layer, Verdict verdict, String says) {
    return new SavedCase(name, layer.getClass(), () -> onImages(layer), IMAGES, verdict, says);
  }

  static SavedCase sequence(String name, Layer layer, Verdict verdict, String says) {
    return new SavedCase(name, layer.getClass(), () -> onSequences(layer), IMAGES, verdict, says);
  }

  static SavedCase volume(String name, Layer layer, Verdict verdict, String says) {
    return new SavedCase(name, layer.getClass(), () -> onVolumes(layer), IMAGES, verdict, says);
  }

  static SavedCase vertex(String name, GraphVertex vertex, Verdict verdict, String says) {
    return new SavedCase(name, vertex.getClass(), () -> joined(vertex), VECTORS, verdict, says);
  }

  public static NeuralNetConfiguration.Builder common() {
    return new NeuralNetConfiguration.Builder().seed(5).dataType(DataType.DOUBLE).biasInit(0.1);
  }

  static OutputLayer softmax() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(3)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static DenseLayer hidden(int inputs) {
    return new DenseLayer.Builder().nIn(inputs).nOut(5).activation(Activation.TANH).build();
  }

  static MultiLayerNetwork initialised(NeuralNetConfiguration.ListBuilder list) {
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  /** A hidden layer, the layer, and softmax; the layer takes five values. */
  static Model between(Layer layer) {
    return initialised(
        common()
            .list()
            .layer(hidden(6))
            .layer(layer)
            .layer(softmax())
            .validateOutputLayerConfig(false)
            .setInputType(InputType.feedForward(6)));
  }

  /**
   * Two hidden layers, of which the second has as many outputs as there are classes, and a loss.
   */
  static Model endsWith(Layer layer) {
    return initialised(
        common()
            .list()
            .layer(hidden(6))
            .layer(new DenseLayer.Builder().nOut(3).activation(Activation.IDENTITY).build())
            .layer(layer)
            .validateOutputLayerConfig(false)
            .setInputType(InputType.feedForward(6)));
  }

  /** The layer on 2 × 4 × 4, and softmax. */
  static Model onImages(Layer layer) {
    return initialised(
        common()
            .list()
            .layer(layer)
            .layer(softmax())
            .validateOutputLayerConfig(false)
            .setInputType(InputType.convolutionalFlat(4, 4, 2)));
  }

  /** The layer on 16 steps of two values, the mean over the steps that it leaves, and softmax. */
  static Model onSequences(Layer layer) {
    ComputationGraph graph =
        new ComputationGraph(
            sequences(layer)
                .addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), "subject")
                .addLayer("out", softmax(), "mean")
                .build());
    graph.init();
    return graph;
  }

  /**
   * The same with steps first, which DL4J's types of a reshaped input do not know.
   *
   * @param layer with its number of inputs
   * @param outputs features of a step that it leaves
   */
  static Model onStepsFirst(Layer layer, int outputs) {
    GlobalPoolingLayer mean =
        new GlobalPoolingLayer.Builder(PoolingType.AVG).poolingDimensions(1).build();
    OutputLayer softmax = softmax();
    softmax.setNIn(outputs);
    ComputationGraph graph =
        new ComputationGraph(
            reshaped(layer, -1, 16, 2)
                .addLayer("mean", mean, "subject")
                .addLayer("out", softmax, "mean")
                .build());
    graph.init();
    return graph;
  }

  private static GraphBuilder sequences(Layer layer) {
    return reshaped(layer, -1, 2, 16).setInputTypes(InputType.recurrent(2, 16));
  }

  private static GraphBuilder reshaped(Layer layer, int... shape) {
    return common()
        .graphBuilder()
        .addInputs("x")
        .addVertex("reshaped", new ReshapeVertex('c', shape, null), "x")
        .addLayer("subject", layer, "reshaped")
        .setOutputs("out")
        .validateOutputLayerConfig(false);
  }

  /** The layer on two channels of 4 × 2 × 2, their means, and softmax. */
  static Model onVolumes(Layer layer) {
    return initialised(
        common()
            .list()
            .layer(layer)
            .layer(new GlobalPoolingLayer(PoolingType.AVG))
            .layer(softmax())
            .inputPreProcessor(0, new FeedForwardToCnn3DPreProcessor(4, 2, 2, 2, true))
            .validateOutputLayerConfig(false)
            .setInputType(InputType.feedForward(32)));
  }

  /** Sequences that nothing makes of the examples. */
  static MultiLayerNetwork recurrent() {
    return initialised(
        common()
            .list()
            .layer(new LastTimeStep(new LSTM.Builder().nIn(3).nOut(4).build()))
            .layer(softmax())
            .setInputType(InputType.recurrent(3)));
  }

  /** Four tokens of five, the mean over their positions, and softmax. */
  static Model onText() {
    return onText(RNNFormat.NCW, new GlobalPoolingLayer(PoolingType.AVG), 3);
  }

  /**
   * Four tokens of five.
   *
   * @param format of three features a token
   * @param pooling of what the tokens become
   * @param left numbers that it leaves
   */
  static Model onText(RNNFormat format, GlobalPoolingLayer pooling, int left) {
    return initialised(
        common()
            .list()
            .layer(
                new EmbeddingSequenceLayer.Builder()
                    .nIn(5)
                    .nOut(3)
                    .inputLength(4)
                    .inferInputLength(false)
                    .outputDataFormat(format)
                    .activation(Activation.TANH)
                    .build())
            .layer(pooling)
            .layer(new OutputLayer.Builder(LossFunction.MCXENT).nIn(left).nOut(3).build()));
  }

  static Model capsules() {
    return initialised(
        common()
            .list()
            .layer(new PrimaryCapsules.Builder(2, 2).kernelSize(2, 2).stride(2, 2).build())
            .layer(new CapsuleLayer.Builder(3, 2, 1).build())
            .layer(new CapsuleStrengthLayer.Builder().build())
            .layer(new LossLayer.Builder(LossFunction.MSE).build())
            .validateOutputLayerConfig(false)
            .setInputType(InputType.convolutional(4, 4, 2)));
  }

  /** A layer that leaves one step of sequences, and softmax. */
  static Model onLastStep(Layer layer) {
    ComputationGraph graph =
        new ComputationGraph(sequences(layer).addLayer("out", softmax(), "subject").build());
    graph.init();
    return graph;
  }

  /** The same with steps first, and three features left. */
  static Model onLastStepFirst(Layer layer) {
    OutputLayer softmax = softmax();
    softmax.setNIn(3);
    ComputationGraph graph =
        new ComputationGraph(
            reshaped(layer, -1, 16, 2).addLayer("out", softmax, "subject").build());
    graph.init();
    return graph;
  }

  /** The vertex over one hidden layer or two, and softmax. */
  static Model joined(GraphVertex vertex) {
    boolean one = vertex.maxVertexInputs() == 1;
    GraphBuilder builder = common().graphBuilder().addInputs("x").addLayer("one", hidden(6), "x");
    if (one) {
      builder.addVertex("subject", vertex, "one");
    } else {
      builder.addLayer("two", hidden(6), "x").addVertex("subject", vertex, "one", "two");
    }
    ComputationGraph graph =
        new ComputationGraph(
            builder
                .addLayer("out", softmax(), "subject")
                .setOutputs("out")
                .validateOutputLayerConfig(false)
                .setInputTypes(InputType.feedForward(6))
                .build());
    graph.init();
    return graph;
  }
}
