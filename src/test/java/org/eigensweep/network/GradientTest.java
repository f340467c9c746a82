package org.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

  @ParameterizedTest
  @EnumSource(Activation.class)
  void equalsDl4jWithEveryActivation(Activation activation) {
    Dataset data = Samples.data(70, 12, 4, 3);
    Mlp mlp = new Mlp(List.of(9, 7), activation, Initialization.PYTORCH);
    compare(Samples.network(mlp, Loss.MSE, data), data, Precision.FLOAT64, 1e-10);
  }

  /** 100 images of 32 × 32 pass in several chunks, the last of them uneven. */
  @ParameterizedTest
  @CsvSource({
    "MAX, 4, 4, 7",
    "AVERAGE, 9, 6, 7",
    "MAX, 9, 6, 1",
    "AVERAGE, 5, 8, 1",
    "MAX, 32, 32, 100"
  })
  void equalsDl4jOnConvolutionalNetworks(Pooling pooling, int height, int width, int examples) {
    Dataset data = Samples.images(examples, new InputShape(3, height, width), 4, 3);
    for (Activation activation : new Activation[] {Activation.RELU, Activation.TANH}) {
      for (Normalization normalization : Normalization.values()) {
        Cnn cnn = new Cnn(5, pooling, normalization, activation, Initialization.PYTORCH);
        // float64 sums of at most 1024 terms an example, times a few layers
        compare(Samples.network(cnn, Loss.CROSS_ENTROPY, data), data, Precision.FLOAT64, 1e-9);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Normalization.class)
  void equalsDl4jOnThePapersConvolutionalNetwork(Normalization normalization) {
    Dataset data = Samples.images(12, new InputShape(3, 32, 32), 10, 5);
    Cnn cnn = new Cnn(32, Pooling.MAX, normalization, Activation.RELU, Initialization.PYTORCH);
    Network network = Samples.network(cnn, Loss.MSE, data);
    compare(network, data, Precision.FLOAT64, 1e-9);
    // as for the MLP: sums of up to 2048 float32 products, and a few maxima that are nearly equal
    compare(network, data, Precision.FLOAT32, 2e-5);
  }

  private static void compare(
      Dataset data, Loss loss, Precision precision, double tolerance, Integer... hidden) {
    compare(Samples.network(loss, data, hidden), data, precision, tolerance);
  }

  private static void compare(
      Network network, Dataset data, Precision precision, double tolerance) {
    try (Device device = Devices.processor().open(precision, 2);
        Scope scope = device.open()) {
      Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(1)));
      Dl4jOracle oracle = Dl4jOracle.at(network.architecture(), theta, data);
      try (Objective objective = network.objective(device, data, Samples.PASSES);
          Linearization here = objective.linearize(theta)) {
        assertThat(Samples.relativeError(here.gradient().toDoubles(), oracle.gradient()))
            .isLessThan(tolerance);
        assertThat(here.evaluation().loss())
            .isCloseTo(oracle.loss(), within(tolerance * oracle.loss()));
        assertThat(objective.evaluate(theta)).isEqualTo(here.evaluation());
        checkMinibatches(objective, theta, here, tolerance, scope);
      }
    }
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
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope scope = device.open()) {
      Network network = Samples.network(Loss.MSE, data, 5);
      Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(2)));
      try (Objective objective = network.objective(device, data, Samples.PASSES)) {
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
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope scope = device.open()) {
      Network network = Samples.network(Loss.MSE, data);
      Matrix theta = scope.matrix(network.parameters(), 1);
      theta.write(new double[] {1, 0, 0, 1, 0, 0}); // the identity: outputs are the inputs
      try (Objective objective = network.objective(device, data, Samples.PASSES)) {
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
            new Mlp(List.of(200, 200), Activation.TANH, Initialization.PYTORCH)
                .parameters(new InputShape(1, 28, 28), 10))
        .isEqualTo(199_210);
  }

  @Test
  void knowsTheParametersOfTheConvolutionalNetwork() {
    Dataset data = Samples.images(1, new InputShape(3, 32, 32), 10, 0);
    Cnn cnn = new Cnn(32, Pooling.MAX, Normalization.NONE, Activation.RELU, Initialization.PYTORCH);
    assertThat(cnn.parameters(data.shape(), 10)).isEqualTo(30_634);
    assertThat(Samples.network(cnn, Loss.MSE, data).parameters()).isEqualTo(30_634);
    Cnn odd =
        new Cnn(3, Pooling.AVERAGE, Normalization.NONE, Activation.TANH, Initialization.PYTORCH);
    InputShape shape = new InputShape(2, 11, 6);
    assertThat(Network.of(odd, shape, 4, Loss.MSE).parameters())
        .isEqualTo(Math.toIntExact(odd.parameters(shape, 4)));
    Cnn normal =
        new Cnn(3, Pooling.MAX, Normalization.BATCH, Activation.TANH, Initialization.PYTORCH);
    assertThat(normal.parameters(shape, 4)).isEqualTo(odd.parameters(shape, 4) + 24);
    assertThat(Network.of(normal, shape, 4, Loss.MSE).parameters())
        .isEqualTo(Math.toIntExact(normal.parameters(shape, 4)));
  }
}
