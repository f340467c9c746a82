package org.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.CurvatureMatrix;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.linalg.OperatorContract;
import org.eigensweep.network.compile.Dl4jCompiler;
import org.eigensweep.network.pass.Batch;
import org.eigensweep.network.pass.Examples;
import org.eigensweep.network.pass.LayerGraph;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.eigensweep.network.preset.Transformer;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gauss–Newton products against dense JᵀAJ and, where the two are equal, the Hessian. */
class GaussNewtonTest extends OnFloat64Device {
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
   * The columns of J are central differences of the outputs, off by h²/6 times third derivatives of
   * some tens plus u/h: about 1e-9 of the whole at h = 1e-5.
   */
  @ParameterizedTest
  @MethodSource("networks")
  void equalsTheJacobianAroundTheHessianOfTheLoss(Loss loss, int examples, Integer[] hidden) {
    Dataset data = Samples.data(examples, 5, 3, 6);
    Network network = Samples.network(loss, data, hidden);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(3)));
    double[] product = dense(network, data, theta).toDoubles();
    double[] expected = byDifferences(network, loss, data, theta);
    assertThat(Samples.relativeError(product, expected)).isLessThan(1e-8);
  }

  static Stream<Arguments> convolutions() {
    return Stream.of(
        Arguments.of(Loss.MSE, Pooling.AVERAGE, Normalization.NONE, Activation.TANH),
        Arguments.of(Loss.CROSS_ENTROPY, Pooling.MAX, Normalization.NONE, Activation.GELU),
        Arguments.of(Loss.CROSS_ENTROPY, Pooling.AVERAGE, Normalization.NONE, Activation.RELU),
        Arguments.of(Loss.MSE, Pooling.MAX, Normalization.BATCH, Activation.RELU),
        Arguments.of(Loss.CROSS_ENTROPY, Pooling.AVERAGE, Normalization.BATCH, Activation.TANH));
  }

  /**
   * With batch normalisation all 17 images are one group, and J couples them. Random images lie
   * further than h from any kink of the ReLU or of the largest value.
   */
  @ParameterizedTest
  @MethodSource("convolutions")
  void equalsTheSameOfConvolutions(
      Loss loss, Pooling pooling, Normalization normalization, Activation activation) {
    Dataset data = Samples.images(17, new InputShape(2, 4, 4), 3, 6);
    Cnn cnn = new Cnn(3, pooling, normalization, activation, Initialization.PYTORCH);
    Network network = Samples.network(cnn, loss, data);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(3)));
    double[] product = dense(network, data, theta).toDoubles();
    assertThat(Samples.relativeError(product, byDifferences(network, loss, data, theta)))
        .isLessThan(1e-8);
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void equalsTheSameOfATransformer(Loss loss) {
    Dataset data = Samples.text(9, 4, 5, 3, 6);
    Transformer transformer =
        new Transformer(5, 4, 2, 3, 1, Activation.TANH, Initialization.PYTORCH);
    Network network = Samples.network(transformer, loss, data);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(3)));
    double[] product = dense(network, data, theta).toDoubles();
    assertThat(Samples.relativeError(product, byDifferences(network, loss, data, theta)))
        .isLessThan(1e-8);
  }

  private double[] byDifferences(Network network, Loss loss, Dataset data, Matrix theta) {
    int n = theta.rows();
    double h = 1e-5;
    double[] center = theta.toDoubles();
    double[][] jacobian = new double[n][];
    for (int i = 0; i < n; i++) {
      double[] shifted = center.clone();
      shifted[i] = center[i] + h;
      double[] above = outputs(network, data, shifted);
      shifted[i] = center[i] - h;
      double[] below = outputs(network, data, shifted);
      jacobian[i] = new double[above.length];
      Arrays.setAll(jacobian[i], o -> (above[o] - below[o]) / (2 * h));
    }
    int classes = data.classes();
    double[] outputs = outputs(network, data, center);
    RealMatrix sum = MatrixUtils.createRealMatrix(n, n);
    RealMatrix all = MatrixUtils.createRealMatrix(jacobian);
    for (int e = 0; e < data.examples(); e++) {
      RealMatrix mine = all.getSubMatrix(0, n - 1, e * classes, (e + 1) * classes - 1);
      double[] logits = Arrays.copyOfRange(outputs, e * classes, (e + 1) * classes);
      sum = sum.add(mine.multiply(lossHessian(loss, logits)).multiplyTransposed(mine));
    }
    RealMatrix mean = sum.scalarMultiply(1.0 / data.examples());
    return Arrays.stream(mean.getData()).flatMapToDouble(Arrays::stream).toArray();
  }

  private double[] outputs(Network network, Dataset data, double[] theta) {
    try (Scope temporary = device.open()) {
      Matrix parameters = temporary.matrix(theta.length, 1);
      parameters.write(theta);
      LayerGraph graph = Dl4jCompiler.compile(network.architecture());
      Batch all = Examples.of(device, graph, data, temporary).batch(0, data.examples());
      return graph.forward(parameters, all, temporary).output().toDoubles();
    }
  }

  /** The identity for the squared error, diag(p) − ppᵀ for the cross-entropy. */
  private static RealMatrix lossHessian(Loss loss, double[] logits) {
    int classes = logits.length;
    RealMatrix hessian = MatrixUtils.createRealIdentityMatrix(classes);
    if (loss == Loss.CROSS_ENTROPY) {
      double sum = Arrays.stream(logits).map(Math::exp).sum();
      double[] p = Arrays.stream(logits).map(z -> Math.exp(z) / sum).toArray();
      for (int i = 0; i < classes; i++) {
        for (int j = 0; j < classes; j++) {
          hessian.setEntry(i, j, (i == j ? p[i] : 0) - p[i] * p[j]);
        }
      }
    }
    return hessian;
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void isTheHessianOfLinearAndSoftmaxRegression(Loss loss) {
    Dataset data = Samples.data(1203, 6, 3, 4);
    Network network = Samples.network(loss, data);
    Matrix theta = scope.copyOf(Samples.normal(network.parameters(), 1, 9));
    assertThat(distanceFromHessian(network, data, theta)).isLessThan(1e-10);
  }

  /**
   * One input with every label once: where all outputs are equal, as the bias makes them here, the
   * residuals cancel in the sum over examples, and what is left of the Hessian is Gauss–Newton.
   */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void isTheHessianWhereTheResidualsCancel(Loss loss) {
    float[] input = {0.3f, -1.2f, 0.7f, 2, 0.1f};
    float[] inputs = new float[15];
    for (int e = 0; e < 3; e++) {
      System.arraycopy(input, 0, inputs, 5 * e, 5);
    }
    Dataset data = new Dataset("thrice", InputShape.vector(5), 3, inputs, new int[] {2, 0, 1}, "");
    Network network = Samples.network(loss, data, 6, 4);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(4)));
    assertThat(distanceFromHessian(network, data, theta)).isGreaterThan(1e-2);
    double[] balanced = theta.toDoubles();
    double[] outputs = outputs(network, data, balanced);
    for (int c = 0; c < 3; c++) {
      balanced[balanced.length - 3 + c] += 1.0 / 3 - outputs[c];
    }
    theta.write(balanced);
    assertThat(distanceFromHessian(network, data, theta)).isLessThan(1e-13);
  }

  private double distanceFromHessian(Network network, Dataset data, Matrix theta) {
    try (Objective objective = network.objective(device, data, Samples.PASSES);
        Linearization here = objective.linearize(theta)) {
      Matrix block = scope.copyOf(Samples.normal(theta.rows(), 4, 10));
      Matrix hessian = scope.matrix(theta.rows(), 4);
      Matrix again = scope.matrix(theta.rows(), 4);
      Matrix gaussNewton = scope.matrix(theta.rows(), 4);
      here.hessianProduct(block, hessian);
      here.gaussNewtonProduct(block, gaussNewton);
      here.hessianProduct(block, again);
      assertThat(again.toDoubles()).as("undisturbed").containsExactly(hessian.toDoubles());
      return Samples.relativeError(gaussNewton.toDoubles(), hessian.toDoubles());
    }
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void isPositiveSemidefinite(Loss loss) {
    Dataset data = Samples.data(1500, 8, 3, 2);
    Network network = Samples.network(loss, data, 10, 6);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(4)));
    int n = theta.rows();
    double[] g = dense(network, data, theta).toDoubles();
    RealMatrix symmetric = MatrixUtils.createRealMatrix(n, n);
    double norm = Math.sqrt(Arrays.stream(g).map(x -> x * x).sum());
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        assertThat(Math.abs(g[i + j * n] - g[j + i * n])).isLessThan(1e-14 * norm);
        symmetric.setEntry(i, j, (g[i + j * n] + g[j + i * n]) / 2);
      }
    }
    double[] values = new EigenDecompositionSymmetric(symmetric).getEigenvalues();
    // sums of 1500 terms, rounded at about √1500·u of the whole
    assertThat(Arrays.stream(values).min().orElseThrow()).isGreaterThan(-1e-14 * norm);
    assertThat(Arrays.stream(values).max().orElseThrow()).isGreaterThan(0.1 * norm);
  }

  /** Sums of 1001 terms through six passes are rounded at about 6·√1001·u. */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void curvatureOperatorsKeepTheContract(Loss loss) {
    Dataset data = Samples.data(1001, 8, 3, 2);
    Network network = Samples.network(loss, data, 10, 6);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(4)));
    double norm = device.norm(dense(network, data, theta));
    try (Objective objective = network.objective(device, data, Samples.PASSES);
        Linearization here = objective.linearize(theta)) {
      OperatorContract.check(CurvatureMatrix.GGN.at(here), 1e-13, norm);
      OperatorContract.check(CurvatureMatrix.HESSIAN.at(here), 1e-13, norm);
    }
  }

  @Test
  void inFloat32StaysWithinItsRounding() {
    Dataset data = Samples.data(200, 784, 10, 1);
    Network network = Samples.network(Loss.CROSS_ENTROPY, data, 50, 50);
    Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(5)));
    Matrix block = scope.copyOf(Samples.normal(network.parameters(), 2, 13));
    double[] exact = product(network, data, theta, block).toDoubles();
    try (Device single = Devices.processor().open(Precision.FLOAT32, 1);
        Scope own = single.open();
        Objective objective = network.objective(single, data, Samples.PASSES);
        Linearization here = objective.linearize(own.copyOf(theta.toHost()))) {
      Matrix product = own.matrix(network.parameters(), 2);
      here.gaussNewtonProduct(own.copyOf(block.toHost()), product);
      // sums of 784 and of 200 float32 products through six passes: about 6·√784·u
      assertThat(Samples.relativeError(product.toDoubles(), exact)).isLessThan(1e-5);
    }
  }

  private Matrix dense(Network network, Dataset data, Matrix theta) {
    int n = theta.rows();
    Matrix identity = scope.zeros(n, n);
    for (int i = 0; i < n; i++) {
      device.fill(1, identity.view((long) i * n + i, 1, 1));
    }
    return product(network, data, theta, identity);
  }

  private Matrix product(Network network, Dataset data, Matrix theta, Matrix block) {
    Matrix product = scope.matrix(block.rows(), block.columns());
    try (Objective objective = network.objective(device, data, Samples.PASSES);
        Linearization here = objective.linearize(theta)) {
      here.gaussNewtonProduct(block, product);
    }
    return product;
  }
}
