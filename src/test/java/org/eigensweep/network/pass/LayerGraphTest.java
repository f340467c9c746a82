package org.eigensweep.network.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex.Op;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.Derivatives;
import org.eigensweep.network.Dl4jOracle;
import org.eigensweep.network.Network;
import org.eigensweep.network.Samples;
import org.eigensweep.network.compile.Dl4jCompiler;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Transformer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Graphs in which several layers take what one makes, against DL4J and differences. */
class LayerGraphTest extends OnFloat64Device {
  private static GraphBuilder builder() {
    return new NeuralNetConfiguration.Builder()
        .dataType(DataType.DOUBLE)
        .updater(new NoOp())
        .graphBuilder()
        .addInputs("x");
  }

  private static DenseLayer dense(int inputs, int outputs) {
    return new DenseLayer.Builder().nIn(inputs).nOut(outputs).activation(Activation.TANH).build();
  }

  private static OutputLayer output(int inputs) {
    return new OutputLayer.Builder(new LossMCXENT())
        .nIn(inputs)
        .nOut(3)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static ElementWiseVertex sum() {
    return new ElementWiseVertex(Op.Add);
  }

  /**
   * Two residual connections, the data themselves among the terms, a sum of three, and a vertex
   * that four others take.
   */
  private static Architecture residual() {
    return new Architecture.Graph(
        builder()
            .addLayer("one", dense(5, 5), "x")
            .addVertex("with-data", sum(), "one", "x")
            .addLayer("two", dense(5, 5), "with-data")
            .addLayer("three", dense(5, 5), "with-data")
            .addVertex("all", sum(), "two", "three", "with-data")
            .addLayer("four", dense(5, 5), "all")
            .addVertex("again", sum(), "four", "all", "with-data")
            .addLayer("out", output(5), "again")
            .setOutputs("out")
            .build());
  }

  /** A fixed map of the data, and planes of images that are added. */
  private static Architecture images() {
    ComputationGraphConfiguration configuration =
        builder()
            .addLayer("squashed", new ActivationLayer(Activation.TANH), "x")
            .addLayer("one", convolution(), "squashed")
            .addLayer("two", convolution(), "one")
            .addVertex("sum", sum(), "two", "one")
            .addLayer("out", output(2 * 4 * 4), "sum")
            .setOutputs("out")
            .setInputTypes(InputType.convolutionalFlat(4, 4, 2))
            .build();
    return new Architecture.Graph(configuration);
  }

  private static ConvolutionLayer convolution() {
    return new ConvolutionLayer.Builder(3, 3)
        .padding(1, 1)
        .nOut(2)
        .activation(Activation.SOFTPLUS)
        .build();
  }

  @Test
  void addsUpWhatSeveralLayersTakeAndGive() {
    compare(residual(), Samples.data(23, 5, 3, 4));
  }

  @Test
  void addsUpImages() {
    compare(images(), Samples.images(7, new InputShape(2, 4, 4), 3, 4));
  }

  /** DL4J's gradient to the rounding of float64, and products by differences with their slope. */
  private void compare(Architecture architecture, Dataset data) {
    LayerGraph graph = Dl4jCompiler.compile(architecture);
    Derivatives derivatives =
        new Derivatives(
            place -> new NetworkObjective(place, graph, new CrossEntropy(), data, Samples.PASSES),
            device,
            scope);
    Matrix theta = scope.copyOf(Samples.normal(graph.parameters(), 1, 5));
    double[] oracle = Dl4jOracle.at(architecture, theta, data).gradient();
    assertThat(Samples.relativeError(derivatives.gradient(theta), oracle)).isLessThan(1e-9);
    Matrix v = scope.copyOf(Samples.normal(graph.parameters(), 1, 11));
    double[] exact = derivatives.product(theta, v).toDoubles();
    double coarse = Samples.relativeError(derivatives.difference(theta, v, 2e-3), exact);
    double fine = Samples.relativeError(derivatives.difference(theta, v, 1e-3), exact);
    double finest = Samples.relativeError(derivatives.difference(theta, v, 1e-5), exact);
    assertThat(coarse / fine).isCloseTo(4, within(0.1));
    assertThat(finest).isLessThan(1e-6);
  }

  @Test
  void knowsWhatDoesNotMove() {
    LayerGraph graph = Dl4jCompiler.compile(images());
    assertThat(graph.moves(0)).isFalse(); // the data's layout
    assertThat(graph.moves(1)).isFalse(); // the data's tanh
    assertThat(graph.inputMoves(2)).isFalse();
    assertThat(graph.moves(2)).isTrue();
    assertThat(graph.takesTokens()).isFalse();
  }

  @Test
  void refusesLooseEndsAndOutputsAtEveryPosition() {
    Dataset text = Samples.text(2, 3, 5, 2, 1);
    Transformer transformer =
        new Transformer(
            5, 4, 2, 3, 1, org.eigensweep.network.preset.Activation.TANH, Initialization.PYTORCH);
    Architecture whole =
        Network.of(transformer, text.shape(), text.classes(), Loss.MSE).architecture();
    ComputationGraphConfiguration cut = ((Architecture.Graph) whole).configuration().clone();
    cut.getVertexInputs().put("output", List.of("encoder0-transformed"));
    assertThatThrownBy(() -> Dl4jCompiler.compile(new Architecture.Graph(cut)))
        .hasMessage(
            "mean (GlobalPoolingLayer): a loose end has no exact derivative rule, expected one output");
    for (String loose : List.of("mean", "sequence")) {
      cut.getVertices().remove(loose);
      cut.getVertexInputs().remove(loose);
    }
    assertThatThrownBy(() -> Dl4jCompiler.compile(new Architecture.Graph(cut)))
        .hasMessage(
            "output (OutputLayer): an output at every position has no exact derivative rule,"
                + " expected one class an example");
  }
}
