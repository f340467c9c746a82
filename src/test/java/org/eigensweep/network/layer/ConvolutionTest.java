package org.eigensweep.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
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
import org.eigensweep.network.Derivatives;
import org.eigensweep.network.Dl4jOracle;
import org.eigensweep.network.Network;
import org.eigensweep.network.Samples;
import org.eigensweep.network.compile.Dl4jCompiler;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.pass.CrossEntropy;
import org.eigensweep.network.pass.LayerGraph;
import org.eigensweep.network.pass.NetworkObjective;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.pass.SquaredError;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/** Hessian products of convolutional networks against differences of the gradient. */
class ConvolutionTest extends OnFloat64Device {
  private static Cnn cnn(Pooling pooling, Activation activation) {
    return cnn(pooling, Normalization.NONE, activation);
  }

  private static Cnn cnn(Pooling pooling, Normalization normalization, Activation activation) {
    return new Cnn(3, pooling, normalization, activation, Initialization.PYTORCH);
  }

  private static Network network(Cnn cnn, Loss loss, Dataset data) {
    return Network.of(cnn, data.shape(), data.classes(), loss);
  }

  /**
   * The difference's error falls with h² where nothing between θ − hv and θ + hv changes its piece.
   * With tanh and average pooling there are no pieces. With maxima, two values of a window must not
   * swap, and with ReLU no argument may change its sign: so these networks are tiny and h is small
   * against the typical gap (some hundred gaps of size 0.1, moved by about h: a change is a matter
   * of a per cent). A change that did happen would spoil the ratio of 4, as it adds a jump divided
   * by h.
   */
  @ParameterizedTest
  @CsvSource({
    "AVERAGE, NONE, TANH, MSE, 4, 5, 6",
    "AVERAGE, NONE, GELU, CROSS_ENTROPY, 1, 7, 4",
    "MAX, NONE, TANH, CROSS_ENTROPY, 3, 4, 6",
    "MAX, NONE, RELU, CROSS_ENTROPY, 2, 5, 5",
    "AVERAGE, NONE, RELU, MSE, 1, 5, 4",
    "AVERAGE, BATCH, TANH, MSE, 9, 7, 6",
    "MAX, BATCH, RELU, CROSS_ENTROPY, 2, 5, 5"
  })
  void isTheLimitOfCentralDifferencesWithTheirSlope(
      Pooling pooling,
      Normalization normalization,
      Activation activation,
      Loss loss,
      int examples,
      int height,
      int width) {
    Dataset data = Samples.images(examples, new InputShape(2, height, width), 3, 6);
    Network network = network(cnn(pooling, normalization, activation), loss, data);
    Derivatives derivatives = new Derivatives(network, data, device, scope);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(3)));
    Matrix v = scope.copyOf(Samples.normal(network.parameters(), 1, 11));
    double[] exact = derivatives.product(theta, v).toDoubles();
    double coarse = Samples.relativeError(derivatives.difference(theta, v, 2e-4), exact);
    double fine = Samples.relativeError(derivatives.difference(theta, v, 1e-4), exact);
    assertThat(coarse / fine).isCloseTo(4, within(0.1));
    // h² = 1e-8, times third derivatives that a normalisation makes some hundred times the second
    assertThat(fine).isLessThan(1e-5);
  }

  private static SubsamplingLayer pooling(Pooling pooling) {
    SubsamplingLayer.PoolingType type =
        pooling == Pooling.MAX
            ? SubsamplingLayer.PoolingType.MAX
            : SubsamplingLayer.PoolingType.AVG;
    return new SubsamplingLayer.Builder(type, new int[] {2, 3}, new int[] {1, 2}).build();
  }

  /** Two convolutions and a pooling whose windows differ in every number, in all modes of DL4J. */
  @ParameterizedTest
  @CsvSource({"Truncate, MAX, 5", "Same, MAX, 5", "Truncate, AVERAGE, 1", "Same, MAX, 1"})
  void takesWindowsOfAnyShape(ConvolutionMode mode, Pooling pooling, int examples) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.DOUBLE)
            .updater(new NoOp())
            .activation(org.nd4j.linalg.activations.Activation.TANH)
            .convolutionMode(mode)
            .list()
            .layer(new ConvolutionLayer.Builder(3, 2).nOut(4).stride(2, 1).padding(2, 0).build())
            .layer(pooling(pooling))
            .layer(new ConvolutionLayer.Builder(2, 2).nOut(3).padding(0, 1).build())
            .layer(
                new OutputLayer.Builder()
                    .nOut(3)
                    .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutionalFlat(8, 9, 2))
            .build();
    Dataset data = Samples.images(examples, new InputShape(2, 8, 9), 3, 7);
    LayerGraph graph = Dl4jCompiler.compile(new Architecture.Sequential(configuration));
    Matrix theta = scope.copyOf(Samples.normal(graph.parameters(), 1, 4));
    Derivatives derivatives =
        new Derivatives(
            place -> new NetworkObjective(place, graph, new CrossEntropy(), data, Samples.PASSES),
            device,
            scope);
    double[] expected =
        Dl4jOracle.at(new Architecture.Sequential(configuration), theta, data).gradient();
    assertThat(Samples.relativeError(derivatives.gradient(theta), expected)).isLessThan(1e-9);
    Matrix v = scope.copyOf(Samples.normal(graph.parameters(), 1, 11));
    double[] exact = derivatives.product(theta, v).toDoubles();
    double coarse = Samples.relativeError(derivatives.difference(theta, v, 2e-4), exact);
    double fine = Samples.relativeError(derivatives.difference(theta, v, 1e-4), exact);
    assertThat(coarse / fine).isCloseTo(4, within(0.1));
    assertThat(fine).isLessThan(1e-6);
  }

  @ParameterizedTest
  @CsvSource({"MAX, NONE, RELU", "MAX, NONE, TANH", "AVERAGE, NONE, ELU", "AVERAGE, BATCH, TANH"})
  void theWholeHessianIsSymmetricAndThatOfDifferences(
      Pooling pooling, Normalization normalization, Activation activation) {
    Dataset data = Samples.images(3, new InputShape(1, 4, 5), 2, 2);
    Network network = network(cnn(pooling, normalization, activation), Loss.CROSS_ENTROPY, data);
    Derivatives derivatives = new Derivatives(network, data, device, scope);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(4)));
    int n = network.parameters();
    double[] hessian = derivatives.hessian(theta).toDoubles();
    double norm = device.norm(scope.copyOf(new HostMatrix.Doubles(n, n, hessian)));
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < j; i++) {
        assertThat(hessian[i + j * n]).isCloseTo(hessian[j + i * n], within(1e-14 * norm));
      }
      Matrix unit = scope.zeros(n, 1);
      device.fill(1, unit.view(j, 1, 1));
      double[] difference = derivatives.difference(theta, unit, 1e-5);
      for (int i = 0; i < n; i++) {
        // h² times a third derivative, and u/h
        assertThat(hessian[i + j * n]).isCloseTo(difference[i], within(1e-8));
      }
    }
  }

  /** Chunks, groups of images and blocks of tangents cut the same sums in other places. */
  @Test
  void doesNotDependOnHowExamplesAndTangentsAreGrouped() {
    InputShape shape = new InputShape(3, 24, 20);
    Dataset data = Samples.images(131, shape, 4, 9);
    Network network = network(cnn(Pooling.MAX, Activation.RELU), Loss.MSE, data);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(5)));
    Matrix block = scope.copyOf(Samples.normal(network.parameters(), 3, 13));
    double[] together =
        new Derivatives(network, data, device, scope).product(theta, block).toDoubles();
    double[] sum = new double[together.length];
    for (int e = 0; e < data.examples(); e++) {
      Derivatives one = new Derivatives(network, single(data, e), device, scope);
      for (int j = 0; j < 3; j++) {
        double[] product = one.product(theta, block.column(j)).toDoubles();
        for (int i = 0; i < product.length; i++) {
          sum[j * product.length + i] += product[i] / data.examples();
        }
      }
    }
    assertThat(Samples.relativeError(together, sum)).isLessThan(1e-13);
  }

  private static Dataset single(Dataset data, int example) {
    int features = data.features();
    float[] inputs =
        Arrays.copyOfRange(data.inputs(), example * features, (example + 1) * features);
    return new Dataset(
        "one", data.shape(), data.classes(), inputs, new int[] {data.labels()[example]}, "");
  }

  @Test
  void inFloat32StaysWithinItsRounding() {
    Dataset data = Samples.images(20, new InputShape(3, 32, 32), 10, 1);
    Cnn cnn =
        new Cnn(32, Pooling.AVERAGE, Normalization.NONE, Activation.TANH, Initialization.PYTORCH);
    Network network = network(cnn, Loss.MSE, data);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(5)));
    Matrix block = scope.copyOf(Samples.normal(network.parameters(), 2, 13));
    double[] exact =
        new Derivatives(network, data, device, scope).product(theta, block).toDoubles();
    try (Device single = Devices.processor().open(Precision.FLOAT32, 1);
        Scope own = single.open();
        Objective objective = network.objective(single, data, Samples.PASSES);
        Linearization here = objective.linearize(own.copyOf(theta.toHost()))) {
      Matrix product = own.matrix(network.parameters(), 2);
      here.hessianProduct(own.copyOf(block.toHost()), product);
      // sums of 288 and of 1024 float32 products an image, through six passes: 6·sqrt(1024)·u
      assertThat(Samples.relativeError(product.toDoubles(), exact)).isLessThan(1.2e-5);
    }
  }

  @Test
  void computesAgainWhatItMayNotKeep() {
    Dataset data = Samples.images(131, new InputShape(3, 32, 32), 4, 9);
    Cnn wide =
        new Cnn(16, Pooling.MAX, Normalization.NONE, Activation.RELU, Initialization.PYTORCH);
    LayerGraph graph = Dl4jCompiler.compile(network(wide, Loss.MSE, data).architecture());
    Matrix theta = scope.copyOf(Samples.normal(graph.parameters(), 1, 5));
    Matrix block = scope.copyOf(Samples.normal(graph.parameters(), 2, 13));
    Matrix product = scope.matrix(graph.parameters(), 2);
    double[] expected = null;
    for (long kept : new long[] {1 << 30, 100_000_000, 0}) {
      PassSettings settings = new PassSettings(Samples.PASSES.chunkBytes(), kept, 1);
      try (NetworkObjective objective =
              new NetworkObjective(device, graph, new SquaredError(1), data, settings);
          Linearization here = objective.linearize(theta)) {
        assertThat(objective.chunks().size()).isLessThan(data.examples() / 2);
        here.hessianProduct(block, product);
        if (expected == null) {
          expected = product.toDoubles();
        }
        assertThat(product.toDoubles()).as("%d bytes kept", kept).containsExactly(expected);
      }
    }
  }

  /** Storage is pooled: a second and a third product need no byte more than the first. */
  @Test
  void takesNoStorageForProductsAfterTheFirst() {
    Dataset data = Samples.images(40, new InputShape(3, 16, 16), 4, 1);
    Network network = network(cnn(Pooling.MAX, Activation.RELU), Loss.MSE, data);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(5)));
    Matrix block = scope.copyOf(Samples.normal(network.parameters(), 4, 13));
    Matrix product = scope.matrix(network.parameters(), 4);
    try (Objective objective = network.objective(device, data, Samples.PASSES);
        Linearization here = objective.linearize(theta)) {
      here.hessianProduct(block, product);
      long bytes = device.bytes();
      here.hessianProduct(block, product);
      here.hessianProduct(block, product);
      assertThat(device.bytes()).isEqualTo(bytes);
    }
  }
}
