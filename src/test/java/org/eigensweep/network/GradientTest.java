package org.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.array.Device;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Nd4jDevice;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Value and gradient against DL4J's own. */
class GradientTest {
  static Stream<Arguments> networks() {
    return Stream.of(Loss.values())
        .flatMap(
            loss ->
                Stream.of(
                    Arguments.of(loss, 1, new Integer[] {5}),
                    Arguments.of(loss, 40, new Integer[] {}),
                    Arguments.of(loss, 1000, new Integer[] {9}),
                    Arguments.of(loss, 2300, new Integer[] {11, 6, 8})));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void equalsDl4j(Loss loss, int examples, Integer[] hidden) {
    // float64 sums of at most 2300 terms that are all of one size: 1e-10 is far above their
    // rounding
    compare(Samples.data(examples, 12, 4, 3), loss, Precision.FLOAT64, 1e-10, hidden);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void equalsDl4jOnThePapersNetwork(Loss loss) {
    Dataset data = Samples.data(120, 784, 10, 5);
    compare(data, loss, Precision.FLOAT64, 1e-10, 200, 200);
    // sums of 784 float32 products, then of 120 examples: sqrt(n)·u each, times a few layers
    compare(data, loss, Precision.FLOAT32, 1e-5, 200, 200);
  }

  private static void compare(
      Dataset data, Loss loss, Precision precision, double tolerance, Integer... hidden) {
    try (Device device = Nd4jDevice.open(precision, 2);
        Scope scope = device.open()) {
      Network network = Samples.network(loss, data, hidden);
      HostMatrix start = network.initialParameters(new SplittableRandom(1));
      Matrix theta = scope.copyOf(start);
      MultiLayerNetwork dl4j = new MultiLayerNetwork(network.configuration());
      dl4j.init();
      dl4j.setParams(Nd4j.createFromArray(theta.toDoubles()).reshape(1, theta.rows()));
      double[] expected = dl4jGradient(dl4j, data);
      try (Objective objective = network.objective(device, data);
          Linearization here = objective.linearize(theta)) {
        assertThat(Samples.relativeError(here.gradient().toDoubles(), expected))
            .isLessThan(tolerance);
        assertThat(here.evaluation().loss())
            .isCloseTo(dl4j.score(), within(tolerance * dl4j.score()));
        assertThat(objective.evaluate(theta)).isEqualTo(here.evaluation());
        checkMinibatches(objective, theta, here, tolerance, scope);
      }
    }
  }

  private static double[] dl4jGradient(MultiLayerNetwork dl4j, Dataset data) {
    int n = data.examples();
    INDArray x = Nd4j.createFromArray(data.inputs()).reshape(n, data.features());
    INDArray y = Nd4j.zeros(DataType.DOUBLE, n, data.classes());
    for (int i = 0; i < n; i++) {
      y.putScalar(i, data.labels()[i], 1);
    }
    dl4j.setInput(x.castTo(DataType.DOUBLE));
    dl4j.setLabels(y);
    dl4j.computeGradientAndScore();
    // DL4J divides the score by the examples at once, the gradient only in its updater
    return dl4j.getFlattenedGradients().div(n).toDoubleVector();
  }

  private static void checkMinibatches(
      Objective objective, Matrix theta, Linearization here, double tolerance, Scope scope) {
    int n = objective.examples();
    Matrix gradient = scope.matrix(theta.rows(), 1);
    int[] reversed = IntStream.range(0, n).map(i -> n - 1 - i).toArray();
    double loss = objective.minibatchGradient(theta, reversed, gradient);
    assertThat(loss).isCloseTo(here.evaluation().loss(), within(tolerance));
    assertThat(Samples.relativeError(gradient.toDoubles(), here.gradient().toDoubles()))
        .isLessThan(tolerance);
  }

  @Test
  void averagesOverTheExamplesOfAMinibatchAlone() {
    Dataset data = Samples.data(30, 4, 3, 8);
    try (Device device = Nd4jDevice.open(Precision.FLOAT64, 1);
        Scope scope = device.open()) {
      Network network = Samples.network(Loss.MSE, data, 5);
      Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(2)));
      try (Objective objective = network.objective(device, data)) {
        Matrix pair = scope.matrix(theta.rows(), 1);
        Matrix sum = scope.zeros(theta.rows(), 1);
        double loss = objective.minibatchGradient(theta, new int[] {17, 3}, pair);
        double losses = 0;
        for (int i : new int[] {3, 17}) {
          Matrix one = scope.matrix(theta.rows(), 1);
          losses += objective.minibatchGradient(theta, new int[] {i}, one);
          device.axpy(0.5, one, sum);
        }
        assertThat(loss).isCloseTo(losses / 2, within(1e-14));
        assertThat(Samples.relativeError(pair.toDoubles(), sum.toDoubles())).isLessThan(1e-14);
      }
    }
  }

  @Test
  void countsTheExamplesWhoseLargestOutputIsTheirClass() {
    float[] inputs = {1, 0, 0, 1, 1, 0, 0, 1};
    Dataset data =
        new Dataset("two points", InputShape.vector(2), 2, inputs, new int[] {0, 1, 1, 1}, "");
    try (Device device = Nd4jDevice.open(Precision.FLOAT64, 1);
        Scope scope = device.open()) {
      Network network = Samples.network(Loss.MSE, data);
      Matrix theta = scope.matrix(network.parameters(), 1);
      theta.write(new double[] {1, 0, 0, 1, 0, 0}); // the identity: outputs are the inputs
      try (Objective objective = network.objective(device, data)) {
        // one of four examples is off, by (1, −1): ½·2/4
        assertThat(objective.evaluate(theta)).isEqualTo(new Evaluation(0.25, 0.75));
      }
    }
  }

  @Test
  void knowsTheNumberOfParameters() {
    Dataset data = Samples.data(1, 784, 10, 0);
    assertThat(Samples.network(Loss.MSE, data, 200, 200).parameters()).isEqualTo(199_210);
    assertThat(
            new Mlp(
                    java.util.List.of(200, 200),
                    org.eigensweep.network.Activation.TANH,
                    Initialization.PYTORCH)
                .parameters(new InputShape(1, 28, 28), 10))
        .isEqualTo(199_210);
  }

  @Test
  void namesALayerThatHasNoRule() {
    MultiLayerConfiguration recurrent =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new LSTM.Builder().nIn(3).nOut(4).build())
            .layer(new RnnOutputLayer.Builder().nIn(4).nOut(2).build())
            .build();
    assertThatThrownBy(() -> Dl4jConfiguration.compile(recurrent))
        .hasMessage("layer LSTM has no exact derivative rule, expected dense layers");
    MultiLayerConfiguration swish =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new DenseLayer.Builder().nIn(3).nOut(4).activation(Activation.SWISH).build())
            .build();
    assertThatThrownBy(() -> Dl4jConfiguration.compile(swish))
        .hasMessage(
            "activation swish has no exact derivative rule, expected one of relu, tanh, elu,"
                + " softplus, hardtanh, sigmoid, gelu, identity, each with DL4J's default"
                + " parameters");
  }
}
