package org.eigensweep.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.network.Derivatives;
import org.eigensweep.network.Dl4jOracle;
import org.eigensweep.network.Samples;
import org.eigensweep.network.compile.Dl4jCompiler;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.ParameterLayout;
import org.eigensweep.network.pass.CrossEntropy;
import org.eigensweep.network.pass.NetworkObjective;
import org.eigensweep.network.pass.PassSettings;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;

/** Batch normalisation against DL4J's gradient and against differences of the gradient. */
class BatchNormTest extends OnFloat64Device {
  private static final InputShape SHAPE = new InputShape(2, 4, 3);

  private static BatchNormalization.Builder normalization() {
    return new BatchNormalization.Builder();
  }

  private static DenseLayer dense(int outputs) {
    return new DenseLayer.Builder().nOut(outputs).activation(Activation.IDENTITY).build();
  }

  private static ConvolutionLayer convolution() {
    return new ConvolutionLayer.Builder(3, 3)
        .padding(1, 1)
        .nOut(3)
        .activation(Activation.IDENTITY)
        .build();
  }

  private static ActivationLayer activation(Activation activation) {
    return new ActivationLayer.Builder().activation(activation).build();
  }

  private static MultiLayerConfiguration of(InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE).list();
    Stream.of(layers).forEach(list::layer);
    return list.layer(new OutputLayer.Builder().nOut(3).activation(Activation.SOFTMAX).build())
        .setInputType(input)
        .build();
  }

  private static MultiLayerConfiguration ofVectors(Layer... layers) {
    return of(InputType.feedForward(SHAPE.features()), layers);
  }

  private static MultiLayerConfiguration ofImages(Layer... layers) {
    return of(InputType.convolutionalFlat(4, 3, 2), layers);
  }

  /** After dense and convolution layers, first of all, and in every variant that DL4J has. */
  static Stream<Named<MultiLayerConfiguration>> networks() {
    return Stream.of(
        Named.of(
            "dense",
            ofVectors(
                dense(5),
                normalization().build(),
                activation(Activation.TANH),
                dense(4),
                normalization().eps(0.1).build(),
                activation(Activation.GELU))),
        Named.of(
            "convolutional",
            ofImages(
                convolution(),
                normalization().build(),
                activation(Activation.TANH),
                convolution(),
                normalization().eps(0.1).useLogStd(false).build(),
                activation(Activation.SOFTPLUS))),
        Named.of(
            "first, vectors",
            ofVectors(normalization().build(), dense(5), activation(Activation.SIGMOID))),
        Named.of(
            "first, images",
            ofImages(normalization().build(), convolution(), normalization().build())),
        Named.of(
            "locked, vectors", ofVectors(dense(5), locked(2, 0.5), activation(Activation.TANH))),
        Named.of(
            "locked, images", ofImages(convolution(), locked(2, 0.5), activation(Activation.TANH))),
        Named.of(
            "locked and first",
            ofVectors(locked(1, 0), dense(4), locked(3, -0.5), activation(Activation.TANH))));
  }

  private static BatchNormalization locked(double gamma, double beta) {
    return normalization().eps(0.1).lockGammaBeta(true).gamma(gamma).beta(beta).build();
  }

  /** Examples in all and in a group: one, one group, even groups, and uneven ones. */
  static Stream<Arguments> networksAndGroups() {
    return networks()
        .flatMap(
            network ->
                Stream.of(
                    Arguments.of(network, 1, 10),
                    Arguments.of(network, 6, 1000),
                    Arguments.of(network, 6, 2),
                    Arguments.of(network, 23, 11)));
  }

  private static Dataset data(int examples) {
    return Samples.images(examples, SHAPE, 3, 5);
  }

  private NetworkObjective objective(
      Device place, MultiLayerConfiguration network, Dataset data, PassSettings settings) {
    return new NetworkObjective(
        place,
        Dl4jCompiler.compile(new Architecture.Sequential(network)),
        new CrossEntropy(),
        data,
        settings);
  }

  private static PassSettings groups(int examples) {
    return new PassSettings(16L << 20, 1L << 30, examples);
  }

  private Derivatives derivatives(MultiLayerConfiguration network, Dataset data, int group) {
    return new Derivatives(place -> objective(place, network, data, groups(group)), device, scope);
  }

  private Matrix theta(MultiLayerConfiguration network) {
    return scope.copyOf(
        Samples.normal(
            Dl4jCompiler.compile(new Architecture.Sequential(network)).parameters(), 1, 9));
  }

  /** Rows of the running mean and of the running variance or its logarithm. */
  private static List<IndexRange> statistics(MultiLayerConfiguration network) {
    return ParameterLayout.of(new Architecture.Sequential(network)).ranges().entrySet().stream()
        .filter(part -> part.getKey().matches(".*\\.(mean|var|log10stdev)"))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Float64 sums of at most some hundred terms of one size, through a few layers. */
  @ParameterizedTest
  @MethodSource("networksAndGroups")
  void isDl4jsMeanOverTheGroups(MultiLayerConfiguration network, int examples, int group) {
    Dataset data = data(examples);
    Matrix theta = theta(network);
    double loss = 0;
    double[] gradient = new double[theta.rows()];
    for (int from = 0; from < examples; from += group) {
      int[] mine = IntStream.range(from, Math.min(from + group, examples)).toArray();
      Dl4jOracle part =
          Dl4jOracle.at(new Architecture.Sequential(network), theta, Samples.subset(data, mine));
      loss += part.loss() * mine.length / examples;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += part.gradient()[i] * mine.length / examples;
      }
    }
    try (Objective objective = objective(device, network, data, groups(group));
        Linearization here = objective.linearize(theta)) {
      assertThat(here.evaluation().loss()).isCloseTo(loss, within(1e-9 * loss));
      assertThat(objective.evaluate(theta)).isEqualTo(here.evaluation());
      assertThat(Samples.relativeError(here.gradient().toDoubles(), gradient)).isLessThan(1e-9);
    }
  }

  /** No power of two among the values, nor 7·11 terms: each sum of them would be rounded. */
  @ParameterizedTest
  @EnumSource
  void makesAConstantChannelExactlyZero(Precision precision) {
    Channels channels = new Channels(3, 7);
    BatchNorm layer = new BatchNorm(channels, 1e-5, new Affine.Fixed(1, 0));
    try (Device place = Devices.processor().open(precision, 1);
        Scope here = place.open()) {
      Matrix input = here.zeros(channels.values(), 11);
      channels.shift(
          1, here.copyOf(new HostMatrix.Doubles(3, 1, new double[] {0.1, -4e4 / 3, 7})), input);
      Matrix theta = here.zeros(layer.parameters(), 1);
      assertThat(layer.forward(theta, input, here).output().toDoubles()).containsOnly(0);
    }
  }

  /** DL4J's backward pass multiplies by a locked γ that its forward pass leaves out. */
  @Test
  void leavesOutLockedNumbersAsDl4jsForwardPassDoes() {
    Dataset data = data(6);
    for (MultiLayerConfiguration network :
        List.of(
            ofVectors(dense(5), locked(3, 0)),
            ofVectors(dense(5), locked(1, 0.7)),
            ofImages(convolution(), locked(3, 0)),
            ofImages(convolution(), locked(1, 0.7)))) {
      Matrix theta = theta(network);
      try (Objective objective = objective(device, network, data, groups(6))) {
        assertThat(objective.evaluate(theta).loss())
            .isCloseTo(
                Dl4jOracle.at(new Architecture.Sequential(network), theta, data).loss(),
                within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aMinibatchIsAGroupOfItsOwn(MultiLayerConfiguration network) {
    Dataset data = data(9);
    int[] batch = {7, 2, 4, 0, 3};
    Matrix theta = theta(network);
    Matrix gradient = scope.matrix(theta.rows(), 1);
    Dl4jOracle expected =
        Dl4jOracle.at(new Architecture.Sequential(network), theta, Samples.subset(data, batch));
    PassSettings tight = new PassSettings(1, 0, 2);
    try (Objective objective = objective(device, network, data, tight)) {
      assertThat(objective.minibatchGradient(theta, batch, gradient))
          .isCloseTo(expected.loss(), within(1e-9));
      assertThat(Samples.relativeError(gradient.toDoubles(), expected.gradient())).isLessThan(1e-9);
    }
  }

  /**
   * The error of a central difference falls with h² while nothing else is left of it. In a group of
   * two, x̂ is nearly a sign, and the third derivative large.
   */
  @ParameterizedTest
  @MethodSource("networksAndGroups")
  void isTheLimitOfCentralDifferencesWithTheirSlope(
      MultiLayerConfiguration network, int examples, int group) {
    Derivatives derivatives = derivatives(network, data(examples), group);
    Matrix theta = theta(network);
    Matrix v = scope.copyOf(Samples.normal(theta.rows(), 1, 11));
    double[] exact = derivatives.product(theta, v).toDoubles();
    double coarse = Samples.relativeError(derivatives.difference(theta, v, 2e-4), exact);
    double fine = Samples.relativeError(derivatives.difference(theta, v, 1e-4), exact);
    assertThat(coarse / fine).isCloseTo(4, within(0.1));
    assertThat(fine).isLessThan(1e-5);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void theWholeHessianIsSymmetricAndThatOfDifferences(MultiLayerConfiguration network) {
    Derivatives derivatives = derivatives(network, data(7), 4);
    Matrix theta = theta(network);
    int n = theta.rows();
    double[] hessian = derivatives.hessian(theta).toDoubles();
    double norm = device.norm(scope.copyOf(new HostMatrix.Doubles(n, n, hessian)));
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < j; i++) {
        // sums of some hundred terms through six passes
        assertThat(hessian[i + j * n]).isCloseTo(hessian[j + i * n], within(1e-14 * norm));
      }
      Matrix unit = scope.zeros(n, 1);
      device.fill(1, unit.view(j, 1, 1));
      double[] difference = derivatives.difference(theta, unit, 1e-5);
      for (int i = 0; i < n; i++) {
        // h² times a third derivative, and u/h
        assertThat(hessian[i + j * n]).isCloseTo(difference[i], within(1e-8 * norm));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void nothingDependsOnTheRunningStatistics(MultiLayerConfiguration network) {
    Dataset data = data(6);
    Matrix theta = theta(network);
    int n = theta.rows();
    assertThat(statistics(network)).hasSizeGreaterThanOrEqualTo(2);
    try (Objective objective = objective(device, network, data, groups(4));
        Linearization here = objective.linearize(theta)) {
      Matrix block = scope.copyOf(Samples.normal(n, 2, 11));
      Matrix product = scope.matrix(n, 2);
      here.hessianProduct(block, product);
      assertZero(network, product.column(1));
      here.gaussNewtonProduct(block, product);
      assertZero(network, product.column(1));
      assertZero(network, here.gradient());
    }
  }

  private static void assertZero(MultiLayerConfiguration network, Matrix vector) {
    statistics(network)
        .forEach(
            part ->
                assertThat(vector.view(part.from(), part.size(), 1).toDoubles()).containsOnly(0));
  }

  /** Chunks and what is kept are only storage: groups decide, and tangents may pass one by one. */
  @ParameterizedTest
  @MethodSource("networks")
  void doesNotDependOnStorage(MultiLayerConfiguration network) {
    Dataset data = data(11);
    Matrix theta = theta(network);
    double[][] roomy = results(network, data, theta, groups(4));
    double[][] tight = results(network, data, theta, new PassSettings(1, 0, 4));
    for (int i = 0; i < roomy.length; i++) {
      assertThat(Samples.relativeError(tight[i], roomy[i])).isLessThan(1e-13);
    }
    double[][] others = results(network, data, theta, groups(5));
    assertThat(Samples.relativeError(others[0], roomy[0])).isGreaterThan(1e-3);
  }

  private double[][] results(
      MultiLayerConfiguration network, Dataset data, Matrix theta, PassSettings settings) {
    try (NetworkObjective objective = objective(device, network, data, settings);
        Linearization here = objective.linearize(theta)) {
      assertThat(objective.chunks().size()).isEqualTo(settings.batchNormExamples());
      Matrix block = scope.copyOf(Samples.normal(theta.rows(), 3, 11));
      Matrix hessian = scope.matrix(theta.rows(), 3);
      Matrix gaussNewton = scope.matrix(theta.rows(), 3);
      here.hessianProduct(block, hessian);
      here.gaussNewtonProduct(block, gaussNewton);
      return new double[][] {
        here.gradient().toDoubles(), hessian.toDoubles(), gaussNewton.toDoubles()
      };
    }
  }
}
