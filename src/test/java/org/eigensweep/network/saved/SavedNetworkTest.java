package org.eigensweep.network.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.InUse;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.DataException;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.Samples;
import org.eigensweep.network.difference.DifferencedObjective;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.eigensweep.network.dl4j.Dl4jModel;
import org.eigensweep.network.pass.PassSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Networks that DL4J saved, exact where every rule is there and by differences elsewhere. */
class SavedNetworkTest extends OnFloat64Device {
  private static final Dataset DATA = Samples.data(703, 5, 3, 21);

  private static MultiLayerNetwork network(
      Activation hidden, Activation output, ILossFunction loss) {
    return initialised(
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .list()
            .layer(new DenseLayer.Builder().nIn(5).nOut(6).activation(hidden).build())
            .layer(new OutputLayer.Builder(loss).nIn(6).nOut(3).activation(output).build()));
  }

  private static MultiLayerNetwork initialised(NeuralNetConfiguration.ListBuilder list) {
    MultiLayerNetwork network = new MultiLayerNetwork(list.build());
    network.init();
    return network;
  }

  private static byte[] saved(Model model) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ModelSerializer.writeModel(model, bytes, false);
    return bytes.toByteArray();
  }

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of(Activation.IDENTITY, new LossL2()),
        Arguments.of(Activation.IDENTITY, new LossMSE()),
        Arguments.of(Activation.TANH, new LossMSE()),
        Arguments.of(Activation.SOFTMAX, new LossMCXENT()));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void isExactAndEqualsDl4jsDifferences(Activation output, ILossFunction loss) throws IOException {
    MultiLayerNetwork dl4j = network(Activation.TANH, output, loss);
    SavedNetwork saved = SavedNetwork.read("net.zip", saved(dl4j));
    assertThat(saved.missingRule()).isEmpty();
    Matrix theta = scope.copyOf(saved.parameters());
    // saved in float32 by default, and read without loss
    assertThat(theta.toDoubles())
        .containsExactly(dl4j.params().castTo(DataType.DOUBLE).toDoubleVector());
    try (Objective exact = saved.objective(device, DATA, Samples.PASSES);
        Objective differenced =
            new DifferencedObjective(device, Dl4jModel.of(dl4j), DATA, Samples.PASSES)) {
      compare(exact, differenced, theta);
    }
  }

  /** Differences of DL4J's gradient have an error of u^(2/3), a few 1e-11, times a constant. */
  private void compare(Objective exact, Objective differenced, Matrix theta) {
    Matrix block = scope.copyOf(Samples.normal(theta.rows(), 2, 7));
    Matrix expected = scope.matrix(theta.rows(), 2);
    Matrix product = scope.matrix(theta.rows(), 2);
    try (Linearization here = exact.linearize(theta);
        Linearization there = differenced.linearize(theta)) {
      assertThat(there.evaluation().loss())
          .isCloseTo(here.evaluation().loss(), within(1e-9)); // DL4J clips probabilities at 1e-10
      assertThat(there.evaluation().accuracy()).isEqualTo(here.evaluation().accuracy());
      assertThat(Samples.relativeError(there.gradient().toDoubles(), here.gradient().toDoubles()))
          .isLessThan(1e-9);
      here.hessianProduct(block, expected);
      there.hessianProduct(block, product);
      assertThat(Samples.relativeError(product.toDoubles(), expected.toDoubles())).isLessThan(1e-8);
    }
  }

  @Test
  void readsAGraphExactly() throws IOException {
    MultiLayerNetwork dl4j = network(Activation.TANH, Activation.SOFTMAX, new LossMCXENT());
    ComputationGraph graph = dl4j.toComputationGraph();
    SavedNetwork saved = SavedNetwork.read("graph.zip", saved(graph));
    assertThat(saved.missingRule()).isEmpty();
    try (Objective exact = saved.objective(device, DATA, Samples.PASSES);
        Objective differenced =
            new DifferencedObjective(device, Dl4jModel.of(graph), DATA, Samples.PASSES)) {
      compare(exact, differenced, scope.copyOf(saved.parameters()));
    }
  }

  @Test
  void takesDifferencesOfAGraphWithAnotherVertex() throws IOException {
    ComputationGraph graph = gated(ElementWiseVertex.Op.Product);
    SavedNetwork saved = SavedNetwork.read("graph.zip", saved(graph));
    assertThat(saved.missingRule())
        .contains(
            "gate (ElementWiseVertex): op = Product has no exact derivative rule, expected Add");
    try (Objective differenced = saved.objective(device, DATA, Samples.PASSES);
        Linearization here = differenced.linearize(scope.copyOf(saved.parameters()))) {
      assertThat(here.evaluation().loss()).isPositive();
    }
  }

  private static ComputationGraph gated(ElementWiseVertex.Op op) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("x")
                .addLayer("one", new DenseLayer.Builder().nIn(5).nOut(3).build(), "x")
                .addLayer("two", new DenseLayer.Builder().nIn(5).nOut(3).build(), "x")
                .addVertex("gate", new ElementWiseVertex(op), "one", "two")
                .addLayer(
                    "out", new OutputLayer.Builder(new LossMSE()).nIn(3).nOut(3).build(), "gate")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  /** 500 examples and then 203, each a sequence of one step: not 203 sequences of some. */
  @Test
  void tellsPreprocessorsHowManyExamplesThereAre() {
    SavedNetwork saved = SavedNetwork.of(Dl4jModel.of(steps()));
    try (Objective objective = saved.objective(device, DATA, Samples.PASSES)) {
      Matrix theta = scope.copyOf(saved.parameters());
      Dl4jExamples examples = Dl4jExamples.of(Dl4jModel.of(steps()), DATA);
      int[] all = IntStream.range(0, DATA.examples()).toArray();
      // one that was never asked before; the same sums in other portions
      double score =
          steps().score(new DataSet(examples.inputs(all)[0], examples.labels(all)), true);
      assertThat(objective.evaluate(theta).loss()).isCloseTo(score, within(1e-13));
      assertThat(objective.evaluate(theta).loss()).isCloseTo(score, within(1e-13));
    }
  }

  private static ComputationGraph steps() {
    LSTM lstm = new LSTM.Builder().nIn(4).nOut(4).build();
    OutputLayer out = new OutputLayer.Builder(new LossMSE()).nIn(4).nOut(3).build();
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("x")
                .addLayer("hidden", new DenseLayer.Builder().nIn(5).nOut(4).build(), "x")
                .addLayer("lstm", lstm, new FeedForwardToRnnPreProcessor(), "hidden")
                .addLayer("out", out, new RnnToFeedForwardPreProcessor(), "lstm")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  private static MultiLayerNetwork normalized(Activation hidden) {
    return initialised(
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .dataType(DataType.DOUBLE)
            .list()
            .layer(new DenseLayer.Builder().nIn(5).nOut(6).build())
            .layer(new BatchNormalization.Builder().nIn(6).nOut(6).eps(0.1).build())
            .layer(new ActivationLayer.Builder().activation(hidden).build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nIn(6)
                    .nOut(3)
                    .activation(Activation.SOFTMAX)
                    .build()));
  }

  /** Groups of 200 examples, and of 103 at the end. */
  @Test
  void isExactWithBatchNormalization() throws IOException {
    MultiLayerNetwork dl4j = normalized(Activation.TANH);
    SavedNetwork saved = SavedNetwork.read("net.zip", saved(dl4j));
    assertThat(saved.missingRule()).isEmpty();
    PassSettings groups = new PassSettings(16L << 20, 1L << 30, 200);
    for (Dl4jModel model : List.of(Dl4jModel.of(dl4j), Dl4jModel.of(dl4j.toComputationGraph()))) {
      try (Objective exact = saved.objective(device, DATA, groups);
          Objective differenced = new DifferencedObjective(device, model, DATA, groups)) {
        compare(exact, differenced, scope.copyOf(saved.parameters()));
      }
    }
  }

  /** DL4J's gradient holds the next moves of the running statistics: they are no derivatives. */
  @Test
  void differencesBatchNormalizationWithoutItsMoves() throws IOException {
    SavedNetwork saved = SavedNetwork.read("net.zip", saved(normalized(Activation.SWISH)));
    assertThat(saved.missingRule().orElseThrow())
        .startsWith("layer2 (ActivationLayer): activation swish has no exact");
    PassSettings groups = new PassSettings(16L << 20, 1L << 30, 200);
    try (Objective objective = saved.objective(device, DATA, groups);
        Linearization here = objective.linearize(scope.copyOf(saved.parameters()))) {
      // 36 weights and biases, then γ, β and the statistics of six channels
      assertThat(here.gradient().view(48, 12, 1).toDoubles()).containsOnly(0);
      Matrix block = scope.copyOf(Samples.normal(objective.parameters(), 2, 8));
      Matrix product = scope.matrix(objective.parameters(), 2);
      here.hessianProduct(block, product);
      double vhw = device.dot(block.column(0), product.column(1));
      double whv = device.dot(block.column(1), product.column(0));
      assertThat(vhw).isCloseTo(whv, within(1e-8 * Math.abs(vhw)));
      Matrix theta = scope.copyOf(saved.parameters());
      Matrix gradient = scope.matrix(theta.rows(), 1);
      int[] batch = IntStream.range(100, 400).toArray();
      double loss = objective.minibatchGradient(theta, batch, gradient);
      try (Objective alone = saved.objective(device, Samples.subset(DATA, batch), Samples.PASSES)) {
        assertThat(alone.evaluate(theta).loss()).isCloseTo(loss, within(1e-14));
      }
    }
  }

  /** A hyperbolic tangent by SameDiff: DL4J 1.0.0-M2.1 doubles the gradient on its way through. */
  public static final class Squash extends SameDiffLambdaLayer {
    @Override
    public SDVariable defineLayer(SameDiff sd, SDVariable input) {
      return sd.math().tanh(input);
    }

    @Override
    public InputType getOutputType(int index, InputType inputType) {
      return inputType;
    }
  }

  @Test
  void refusesAGradientThatIsNoDerivative() {
    MultiLayerNetwork dl4j =
        initialised(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .list()
                .layer(new DenseLayer.Builder().nIn(5).nOut(6).build())
                .layer(new Squash())
                .layer(new OutputLayer.Builder(new LossMSE()).nIn(6).nOut(3).build()));
    SavedNetwork saved = SavedNetwork.of(Dl4jModel.of(dl4j));
    assertThat(saved.missingRule().orElseThrow()).startsWith("layer1 (Squash): it has no exact");
    try (Objective objective = saved.objective(device, DATA, Samples.PASSES)) {
      Matrix theta = scope.copyOf(saved.parameters());
      long before = InUse.bytes(device);
      assertThatThrownBy(() -> objective.linearize(theta))
          .isInstanceOf(DataException.class)
          .hasMessageMatching(
              "layer1 \\(Squash\\): DL4J's gradient along layer0\\.b is \\S+ where its loss has the slope"
                  + " \\S+, expected the same, which DL4J 1.0.0-M2.1 doubles in every SameDiff layer:"
                  + " build the network from other layers");
      assertThat(InUse.bytes(device)).isEqualTo(before);
    }
  }

  @Test
  void saysWhichRuleIsMissing() throws IOException {
    assertThat(
            SavedNetwork.read(
                    "net.zip", saved(network(Activation.SWISH, Activation.IDENTITY, new LossMSE())))
                .missingRule()
                .orElseThrow())
        .startsWith("layer0 (DenseLayer): activation swish has no exact derivative rule");
    assertThat(
            SavedNetwork.read(
                    "net.zip", saved(network(Activation.TANH, Activation.IDENTITY, new LossMAE())))
                .missingRule()
                .orElseThrow())
        .startsWith(
            "layer1 (OutputLayer): loss LossMAE() after identity has no exact derivative rule");
  }

  /** A product of differences is symmetric as the Hessian is: vᵀHw = wᵀHv. */
  @Test
  void differencesANetworkWithoutARule() throws IOException {
    SavedNetwork saved =
        SavedNetwork.read(
            "net.zip", saved(network(Activation.CUBE, Activation.IDENTITY, new LossMSE())));
    try (Objective objective = saved.objective(device, DATA, Samples.PASSES);
        Linearization here = objective.linearize(scope.copyOf(saved.parameters()))) {
      Matrix block = scope.copyOf(Samples.normal(objective.parameters(), 2, 8));
      Matrix product = scope.matrix(objective.parameters(), 2);
      here.hessianProduct(block, product);
      double vhw = device.dot(block.column(0), product.column(1));
      double whv = device.dot(block.column(1), product.column(0));
      Matrix theta = scope.copyOf(saved.parameters()); // not moved by the differences
      assertThat(vhw).isCloseTo(whv, within(1e-8 * Math.abs(vhw)));
      Matrix gradient = scope.matrix(theta.rows(), 1);
      int[] some = {3, 600, 17};
      assertThat(objective.minibatchGradient(theta, some, gradient)).isPositive();
      double slope = device.dot(here.gradient(), block.column(0));
      assertThat(valueDifference(objective, theta, block.column(0)))
          // truncation h² = 1e-12 and rounding u/h = 1e-10, times at most a thousand
          .isCloseTo(slope, within(1e-7 * Math.abs(slope)));
    }
  }

  private double valueDifference(Objective objective, Matrix theta, Matrix v) {
    double h = 1e-6;
    double difference = 0;
    for (int sign : new int[] {1, -1}) {
      Matrix shifted = scope.copyOf(theta.toHost());
      device.axpy(sign * h, v, shifted);
      difference += sign * objective.evaluate(shifted).loss() / (2 * h);
    }
    return difference;
  }

  @Test
  void refusesWhatItCannotServe() throws IOException {
    assertThatThrownBy(() -> SavedNetwork.read("notes.txt", new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "notes.txt: no zip, or one without entries, expected a zip that DL4J's ModelSerializer"
                + " wrote");
    byte[] random =
        saved(
            initialised(
                new NeuralNetConfiguration.Builder()
                    .list()
                    .layer(new DenseLayer.Builder().nIn(5).nOut(6).dropOut(0.5).build())
                    .layer(new OutputLayer.Builder(new LossMSE()).nIn(6).nOut(3).build())));
    assertThatThrownBy(() -> SavedNetwork.read("net.zip", random))
        .hasMessage(
            "net.zip: layer0 (DenseLayer): dropout (DenseLayer.iDropout = Dropout) makes the loss"
                + " random, expected one that is not: save the network without it, or look at its"
                + " loss in evaluation mode (spectrum --mode evaluation)");
    SavedNetwork missing =
        SavedNetwork.of(
            Dl4jModel.of(network(Activation.SWISH, Activation.IDENTITY, new LossMSE())));
    try (Device single = Devices.processor().open(Precision.FLOAT32, 1)) {
      assertThatThrownBy(() -> missing.objective(single, DATA, Samples.PASSES))
          .hasMessage(
              "finite differences on a float32 device, expected float64: rounding would drown them");
    }
  }

  @Test
  void givesImagesToConvolutions() {
    MultiLayerNetwork images =
        initialised(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ConvolutionLayer.Builder(1, 2).nIn(1).nOut(2).build())
                .layer(new OutputLayer.Builder(new LossMSE()).nIn(8).nOut(3).build())
                .inputPreProcessor(
                    1,
                    new org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor(
                        1, 4, 2)));
    assertThat(Dl4jModel.of(images).taking()).isEqualTo(Dl4jExamples.Taking.IMAGES);
    try (Objective objective =
            new DifferencedObjective(device, Dl4jModel.of(images), DATA, Samples.PASSES);
        Linearization here =
            objective.linearize(scope.copyOf(SavedNetwork.of(Dl4jModel.of(images)).parameters()))) {
      assertThat(here.evaluation().loss()).isPositive();
    }
  }
}
