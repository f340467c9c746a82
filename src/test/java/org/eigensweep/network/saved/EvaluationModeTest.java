package org.eigensweep.network.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.FileNetworks;
import org.eigensweep.network.Samples;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.eigensweep.network.dl4j.Dl4jModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Loss, gradient and products in evaluation mode against DL4J's own score there. */
class EvaluationModeTest extends OnFloat64Device {
  private static final Dataset VECTORS = Samples.data(20, 6, 3, 7);
  private static final Dataset IMAGES = Samples.images(12, new InputShape(2, 4, 4), 3, 8);

  private static MultiLayerConfiguration dropouts() {
    return FileNetworks.builder()
        .seed(4)
        .dataType(DataType.DOUBLE)
        .l2(0.01)
        .list()
        .layer(
            new DenseLayer.Builder()
                .nIn(6)
                .nOut(5)
                .activation(Activation.TANH)
                .dropOut(0.7)
                .build())
        .layer(new DropoutLayer.Builder(0.5).build())
        .layer(
            new DenseLayer.Builder()
                .nIn(5)
                .nOut(4)
                .activation(Activation.SOFTPLUS)
                .weightNoise(new DropConnect(0.5))
                .build())
        .layer(FileNetworks.softmax(4, 3))
        .build();
  }

  /** With dropout, and batch normalisation of vectors that keeps variances or their logarithms. */
  private static MultiLayerConfiguration normalized(BatchNormalization.Builder normalization) {
    return FileNetworks.builder()
        .seed(4)
        .dataType(DataType.DOUBLE)
        .list()
        .layer(new DenseLayer.Builder().nOut(5).activation(Activation.IDENTITY).build())
        .layer(normalization.build())
        .layer(new DenseLayer.Builder().nOut(4).activation(Activation.TANH).dropOut(0.8).build())
        .layer(FileNetworks.softmax(0, 3))
        .setInputType(InputType.feedForward(6))
        .build();
  }

  private static ComputationGraphConfiguration residual() {
    return FileNetworks.residual();
  }

  /** Dropout in a graph, with an activation that has no exact rule. */
  private static ComputationGraphConfiguration withoutRule() {
    return FileNetworks.builder()
        .seed(4)
        .dataType(DataType.DOUBLE)
        .graphBuilder()
        .addInputs("x")
        .addLayer(
            "one",
            new DenseLayer.Builder()
                .nIn(6)
                .nOut(6)
                .activation(Activation.SWISH)
                .dropOut(0.5)
                .build(),
            "x")
        .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "one", "x")
        .addLayer("out", FileNetworks.softmax(6, 3), "sum")
        .setOutputs("out")
        .build();
  }

  static Stream<Arguments> networks() {
    return Stream.of(
        network("dropout and weight noise", EvaluationModeTest::dropouts, VECTORS, true),
        network(
            "running variances",
            () -> normalized(new BatchNormalization.Builder().useLogStd(false)),
            VECTORS,
            true),
        network(
            "logarithms of them",
            () -> normalized(new BatchNormalization.Builder().useLogStd(true)),
            VECTORS,
            true),
        network("residual graph", EvaluationModeTest::residual, IMAGES, true),
        network("no exact rule", EvaluationModeTest::withoutRule, VECTORS, false));
  }

  private static Arguments network(
      String name, Supplier<Object> configuration, Dataset data, boolean exact) {
    return arguments(name, configuration, data, exact);
  }

  /** Trained for some steps, so that running statistics are not those of the start. */
  private static Model trained(Object configuration, Dataset data) {
    Model network = FileNetworks.network(configuration);
    Dl4jExamples examples =
        Dl4jExamples.of(Dl4jModel.of(FileNetworks.network(configuration)), data);
    int[] all = IntStream.range(0, data.examples()).toArray();
    for (int step = 0; step < 5; step++) {
      if (network instanceof MultiLayerNetwork sequence) {
        sequence.fit(new DataSet(examples.inputs(all)[0], examples.labels(all)));
      } else {
        ((ComputationGraph) network).fit(examples.batch(all));
      }
    }
    return network;
  }

  /** DL4J's score in evaluation mode, regularisation included. */
  private static double score(Model network, double[] theta, Dataset data) {
    network.setParams(Nd4j.createFromArray(theta).reshape(1, theta.length));
    Dl4jExamples examples = Dl4jExamples.of(Dl4jModel.of(copy(network)), data);
    int[] all = IntStream.range(0, data.examples()).toArray();
    if (network instanceof MultiLayerNetwork sequence) {
      return sequence.score(new DataSet(examples.inputs(all)[0], examples.labels(all)), false);
    }
    ComputationGraph graph = (ComputationGraph) network;
    graph.clear();
    return graph.score(
        new MultiDataSet(examples.inputs(all), new INDArray[] {examples.labels(all)}), false);
  }

  private static Model copy(Model network) {
    return network instanceof MultiLayerNetwork sequence
        ? sequence.clone()
        : ((ComputationGraph) network).clone();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void isDl4jsScoreWithItsSlopes(
      String name, Supplier<Object> configuration, Dataset data, boolean exact) {
    Model dl4js = trained(configuration.get(), data);
    byte[] zip = FileNetworks.zip(dl4js);
    SavedNetwork network = SavedNetwork.read(name, zip, Mode.EVALUATION).over(data.shape());
    assertThat(network.missingRule().isEmpty()).isEqualTo(exact);
    double[] theta = network.parameters().toDoubles();
    double[] direction = direction(network);
    try (Objective objective = network.trainingObjective(device, data, Samples.PASSES)) {
      Matrix point = scope.copyOf(network.parameters());
      Matrix along = scope.matrix(theta.length, 1);
      along.write(direction);
      try (Linearization here = objective.linearize(point)) {
        // Both are means of some twenty losses of about 1.
        assertThat(here.evaluation().loss()).isCloseTo(score(dl4js, theta, data), within(1e-12));
        double slope = device.dot(here.gradient(), along);
        Matrix product = scope.matrix(theta.length, 1);
        CurvatureMatrix.HESSIAN.at(here).apply(along, product);
        double curvature = device.dot(along, product);
        assertSlopes(slope, curvature, step -> score(dl4js, moved(theta, direction, step), data));
      }
    }
  }

  private interface OneDimension {
    double at(double step);
  }

  /** Central differences, whose error falls with the square of the step. */
  private static void assertSlopes(double slope, double curvature, OneDimension loss) {
    double[] first = new double[2];
    double[] second = new double[2];
    double[] steps = {2e-2, 1e-2};
    for (int i = 0; i < 2; i++) {
      double h = steps[i];
      first[i] = (loss.at(h) - loss.at(-h)) / (2 * h);
      second[i] = (loss.at(h) - 2 * loss.at(0) + loss.at(-h)) / (h * h);
    }
    // Richardson's extrapolation leaves h⁴ = 1e-8 of derivatives of about 1 to 10.
    assertThat(slope).isCloseTo((4 * first[1] - first[0]) / 3, within(2e-7));
    assertThat(curvature).isCloseTo((4 * second[1] - second[0]) / 3, within(2e-6));
  }

  /** A random direction of length 1 that leaves the running statistics alone. */
  private static double[] direction(SavedNetwork network) {
    double[] direction =
        new SplittableRandom(3).doubles(network.parameters().rows(), -1, 1).toArray();
    for (String layer : network.layers()) {
      for (String statistic : new String[] {"mean", "var", "log10stdev"}) {
        try {
          var range = network.parameterRange(layer + "." + statistic);
          Arrays.fill(direction, range.from(), range.to(), 0);
        } catch (IllegalArgumentException e) {
          // it has none
        }
      }
    }
    double norm = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
    return Arrays.stream(direction).map(x -> x / norm).toArray();
  }

  private static double[] moved(double[] theta, double[] direction, double step) {
    return IntStream.range(0, theta.length)
        .mapToDouble(i -> theta[i] + step * direction[i])
        .toArray();
  }

  @Test
  void withoutTheModeItStaysRefused() {
    byte[] zip = FileNetworks.zip(FileNetworks.network(dropouts()));
    assertThatThrownBy(() -> SavedNetwork.read("net", zip))
        .hasMessage(
            "net: layer0 (DenseLayer): dropout (DenseLayer.iDropout = Dropout) makes the loss random, expected one that is not: save the network without it, or look at its loss in evaluation mode (spectrum --mode evaluation)");
  }

  @Test
  void runningStatisticsBesideALayerWithoutARuleAreRefused() {
    MultiLayerConfiguration both =
        FileNetworks.builder()
            .list()
            .layer(new DenseLayer.Builder().nOut(5).activation(Activation.SWISH).build())
            .layer(new BatchNormalization.Builder().build())
            .layer(FileNetworks.softmax(0, 3))
            .setInputType(InputType.feedForward(6))
            .build();
    byte[] zip = FileNetworks.zip(FileNetworks.network(both));
    SavedNetwork network = SavedNetwork.read("net", zip, Mode.EVALUATION);
    assertThatThrownBy(() -> network.objective(device, VECTORS, Samples.PASSES))
        .hasMessageStartingWith(
            "evaluation mode with batch normalisation needs an exact rule for every layer, but layer0 (DenseLayer): activation")
        .hasMessageEndingWith(": take the network in training mode");
  }
}
