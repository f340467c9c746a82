package org.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.compile.Dl4jCompiler;
import org.eigensweep.network.layer.Dense;
import org.eigensweep.network.layer.Nonlinearity;
import org.eigensweep.network.layer.Pointwise;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Vgg11;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real thing, on a few images. */
class Vgg11Test {
  private static final InputShape CIFAR = new InputShape(3, 32, 32);

  private static Vgg11 vgg(int width, Normalization normalization, Activation activation) {
    return new Vgg11(width, normalization, activation, Initialization.PYTORCH);
  }

  private static Vgg11 vgg(Normalization normalization, Activation activation) {
    return vgg(64, normalization, activation);
  }

  /** The first is PyTorch's count: 9,220,480 of the convolutions, 530,442 of the dense layers. */
  @ParameterizedTest
  @CsvSource({
    "64, NONE, 3, 32, 32, 10, 9750922",
    "64, BATCH, 3, 32, 32, 10, 9761930",
    "64, NONE, 1, 40, 64, 7, 10010375",
    "8, NONE, 3, 32, 32, 10, 153530",
    "1, BATCH, 2, 32, 95, 3, 2718",
  })
  void knowsItsParameters(
      int planes,
      Normalization normalization,
      int channels,
      int height,
      int width,
      int classes,
      int count) {
    InputShape shape = new InputShape(channels, height, width);
    Vgg11 vgg = vgg(planes, normalization, Activation.RELU);
    assertThat(vgg.parameters(shape, classes)).isEqualTo(count);
    Network network = Network.of(vgg, shape, classes, Loss.MSE);
    assertThat(network.parameters()).isEqualTo(count);
    assertThat(network.architecture().create(0).parameters().length()).isEqualTo(count);
  }

  /** Float64 sums of at most 4608 terms through ten layers. */
  @ParameterizedTest
  @CsvSource({"NONE, RELU, 2", "NONE, TANH, 1", "BATCH, RELU, 3"})
  void hasDl4jsGradientAndASymmetricHessian(
      Normalization normalization, Activation activation, int examples) {
    Dataset data = Samples.images(examples, CIFAR, 10, 5);
    Network network = Samples.network(vgg(normalization, activation), Loss.CROSS_ENTROPY, data);
    try (Device device = Devices.processor().open(Precision.FLOAT64, 2);
        Scope scope = device.open();
        Objective objective = network.objective(device, data, Samples.PASSES)) {
      Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(3)));
      Dl4jOracle oracle = Dl4jOracle.at(network.architecture(), theta, data);
      try (Linearization here = objective.linearize(theta)) {
        assertThat(here.evaluation().loss()).isCloseTo(oracle.loss(), within(1e-9));
        assertThat(Samples.relativeError(here.gradient().toDoubles(), oracle.gradient()))
            .isLessThan(1e-9);
        Matrix block = scope.copyOf(Samples.normal(theta.rows(), 2, 11));
        Matrix product = scope.matrix(theta.rows(), 2);
        here.hessianProduct(block, product);
        double vhw = device.dot(block.column(0), product.column(1));
        double whv = device.dot(block.column(1), product.column(0));
        double size = device.norm(block.column(0)) * device.norm(product.column(1));
        assertThat(vhw).isNotZero().isCloseTo(whv, within(1e-12 * size));
      }
    }
  }

  @Test
  void endsWithThreeDenseLayers() {
    Network network = Network.of(vgg(Normalization.NONE, Activation.RELU), CIFAR, 10, Loss.MSE);
    assertThat(Dl4jCompiler.compile(network.architecture()).layers())
        .hasSize(1 + 2 * 8 + 5 + 2 * 3 - 1)
        .endsWith(
            new Dense(512, 512),
            new Pointwise(Nonlinearity.RELU),
            new Dense(512, 512),
            new Pointwise(Nonlinearity.RELU),
            new Dense(512, 10));
  }
}
