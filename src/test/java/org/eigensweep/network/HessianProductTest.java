package org.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hessian products against closed forms and against differences of the gradient. */
class HessianProductTest {
  private Device device;
  private Scope scope;

  @BeforeEach
  void open() {
    device = Devices.processor().open(Precision.FLOAT64, 2);
    scope = device.open();
  }

  @AfterEach
  void close() {
    scope.close();
    device.close();
  }

  /**
   * Without hidden layers, H = mean over examples of A ⊗ x̃x̃ᵀ with x̃ = (x, 1) and A the loss's
   * Hessian by the outputs: the identity for the squared error, diag(p) − ppᵀ for the
   * cross-entropy.
   */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void equalsTheClosedFormOfLinearAndSoftmaxRegression(Loss loss) {
    Dataset data = Samples.data(1203, 6, 3, 4);
    Network network = Samples.network(loss, data);
    Matrix theta = scope.copyOf(Samples.normal(network.parameters(), 1, 9));
    Matrix block = scope.copyOf(Samples.normal(network.parameters(), 4, 10));
    Matrix product = product(network, data, theta, block);
    for (int j = 0; j < 4; j++) {
      double[] expected = closedForm(loss, data, theta.toDoubles(), block.column(j).toDoubles());
      assertThat(Samples.relativeError(product.column(j).toDoubles(), expected)).isLessThan(1e-10);
    }
  }

  private static double[] closedForm(Loss loss, Dataset data, double[] theta, double[] v) {
    double[] product = new double[theta.length];
    int features = data.features();
    int classes = data.classes();
    for (int e = 0; e < data.examples(); e++) {
      double[] p = softmax(outputs(data, e, theta), classes);
      double[] u = outputs(data, e, v);
      double mean = 0;
      for (int c = 0; c < classes; c++) {
        mean += p[c] * u[c];
      }
      for (int c = 0; c < classes; c++) {
        double weight = loss == Loss.MSE ? u[c] : p[c] * (u[c] - mean);
        for (int i = 0; i < features; i++) {
          product[i + c * features] += weight * data.inputs()[e * features + i] / data.examples();
        }
        product[features * classes + c] += weight / data.examples();
      }
    }
    return product;
  }

  private static double[] outputs(Dataset data, int example, double[] theta) {
    int features = data.features();
    double[] z = new double[data.classes()];
    for (int c = 0; c < z.length; c++) {
      z[c] = theta[features * z.length + c];
      for (int i = 0; i < features; i++) {
        z[c] += theta[i + c * features] * data.inputs()[example * features + i];
      }
    }
    return z;
  }

  private static double[] softmax(double[] z, int classes) {
    double sum = 0;
    double[] p = new double[classes];
    for (int c = 0; c < classes; c++) {
      p[c] = Math.exp(z[c]);
      sum += p[c];
    }
    for (int c = 0; c < classes; c++) {
      p[c] /= sum;
    }
    return p;
  }

  static Stream<Arguments> networks() {
    return Stream.of(Loss.values())
        .flatMap(
            loss ->
                Stream.of(
                    Arguments.of(loss, 1, new Integer[] {7}),
                    Arguments.of(loss, 37, new Integer[] {8, 5}),
                    Arguments.of(loss, 1009, new Integer[] {6, 7, 4})));
  }

  /**
   * The central difference (∇L(θ+hv) − ∇L(θ−hv))/2h has an error of h²·c + u·‖∇L‖/h: halving h
   * divides it by four while the first term rules, and at h = 1e-4 both terms are below 1e-7.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void isTheLimitOfCentralDifferencesWithTheirSlope(Loss loss, int examples, Integer[] hidden) {
    Dataset data = Samples.data(examples, 9, 4, 6);
    Network network = Samples.network(loss, data, hidden);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(3)));
    Matrix v = scope.copyOf(Samples.normal(network.parameters(), 1, 11));
    Derivatives derivatives = new Derivatives(network, data, device, scope);
    double[] exact = derivatives.product(theta, v).toDoubles();
    double coarse = Samples.relativeError(derivatives.difference(theta, v, 8e-3), exact);
    double fine = Samples.relativeError(derivatives.difference(theta, v, 4e-3), exact);
    double finest = Samples.relativeError(derivatives.difference(theta, v, 1e-4), exact);
    assertThat(coarse / fine).isCloseTo(4, within(0.1));
    assertThat(finest).isLessThan(1e-6);
  }

  /**
   * The piecewise linear ones have kinks, and a difference across one is worthless. So these
   * networks are small and the steps short: of 30 examples times 8 units some 0.4·2h·|ż| each come
   * within h of a kink, one in ten such tests. A crossing would show: it adds a jump divided by h,
   * which no slope of 4 survives.
   */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void isTheLimitOfCentralDifferencesWithEveryActivation(Activation activation) {
    Dataset data = Samples.data(30, 9, 4, 6);
    Mlp mlp = new Mlp(List.of(5, 3), activation, Initialization.PYTORCH);
    Network network = Samples.network(mlp, Loss.CROSS_ENTROPY, data);
    Derivatives derivatives = new Derivatives(network, data, device, scope);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(3)));
    Matrix v = scope.copyOf(Samples.normal(network.parameters(), 1, 11));
    double[] exact = derivatives.product(theta, v).toDoubles();
    double coarse = Samples.relativeError(derivatives.difference(theta, v, 4e-4), exact);
    double fine = Samples.relativeError(derivatives.difference(theta, v, 2e-4), exact);
    assertThat(coarse / fine).isCloseTo(4, within(0.1));
    assertThat(fine).isLessThan(1e-6);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void isSymmetricLinearAndRepeatable(Loss loss) {
    Dataset data = Samples.data(1500, 8, 3, 2);
    Network network = Samples.network(loss, data, 10, 6);
    int n = network.parameters();
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(4)));
    Matrix hessian = new Derivatives(network, data, device, scope).hessian(theta);
    double[] h = hessian.toDoubles();
    double norm = device.norm(hessian);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < j; i++) {
        assertThat(h[i + j * n]).isCloseTo(h[j + i * n], within(1e-13 * norm));
      }
    }
    Matrix block = scope.copyOf(Samples.normal(n, 3, 12));
    Matrix expected = scope.matrix(n, 3);
    device.gemm(
        org.eigensweep.array.Transpose.NO,
        org.eigensweep.array.Transpose.NO,
        1,
        hessian,
        block,
        0,
        expected);
    Matrix once = product(network, data, theta, block);
    assertThat(Samples.relativeError(once.toDoubles(), expected.toDoubles())).isLessThan(1e-12);
    assertThat(product(network, data, theta, block).toDoubles()).containsExactly(once.toDoubles());
    assertThat(product(network, data, theta, block.column(1)).toDoubles())
        .containsExactly(once.column(1).toDoubles(), within(1e-14 * norm));
  }

  @Test
  void inFloat32StaysWithinItsRounding() {
    Dataset data = Samples.data(500, 784, 10, 1);
    Network network = Samples.network(Loss.MSE, data, 200, 200);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(5)));
    Matrix block = scope.copyOf(Samples.normal(network.parameters(), 2, 13));
    double[] exact = product(network, data, theta, block).toDoubles();
    try (Device single = Devices.processor().open(Precision.FLOAT32, 2);
        Scope own = single.open();
        Objective objective = network.objective(single, data, Samples.PASSES);
        Linearization here = objective.linearize(own.copyOf(theta.toHost()))) {
      Matrix product = own.matrix(network.parameters(), 2);
      here.hessianProduct(own.copyOf(block.toHost()), product);
      // sums of 784 and of 500 float32 products through six passes: about 6·sqrt(784)·u
      assertThat(Samples.relativeError(product.toDoubles(), exact)).isLessThan(1e-5);
    }
  }

  private Matrix product(Network network, Dataset data, Matrix theta, Matrix block) {
    return new Derivatives(network, data, device, scope).product(theta, block);
  }
}
