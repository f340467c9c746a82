package org.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.compile.Dl4jCompiler;
import org.eigensweep.network.pass.LayerGraph;
import org.eigensweep.network.pass.NetworkObjective;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.pass.SquaredError;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Model;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.eigensweep.network.preset.Transformer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads share the parts of a sum: they change its time and its storage, and no bit of it. */
class ThreadsTest {
  private static final int EXAMPLES = 61;
  private static final int TANGENTS = 3;

  static Stream<Arguments> networks() {
    Initialization start = Initialization.PYTORCH;
    Dataset images = Samples.images(EXAMPLES, new InputShape(3, 8, 6), 4, 1);
    Dataset texts = texts();
    return Stream.of(
            Arguments.of(new Mlp(List.of(9, 7), Activation.TANH, start), images),
            Arguments.of(
                new Cnn(4, Pooling.MAX, Normalization.NONE, Activation.RELU, start), images),
            Arguments.of(
                new Cnn(4, Pooling.AVERAGE, Normalization.BATCH, Activation.TANH, start), images),
            Arguments.of(new Transformer(11, 8, 2, 12, 1, Activation.RELU, start), texts))
        .flatMap(
            network ->
                Stream.of(Precision.values())
                    .map(precision -> Arguments.of(network.get()[0], network.get()[1], precision)));
  }

  private static Dataset texts() {
    SplittableRandom random = new SplittableRandom(2);
    int length = 5;
    float[] inputs = new float[EXAMPLES * 2 * length];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = i / length % 2 == 0 ? random.nextInt(11) : 1;
    }
    int[] labels = random.ints(EXAMPLES, 0, 3).toArray();
    return new Dataset("texts", new InputShape(2, 1, length), 3, inputs, labels, "");
  }

  @ParameterizedTest
  @MethodSource("networks")
  void changeNoBit(Model model, Dataset data, Precision precision) {
    double[][] alone = results(model, data, precision, 1);
    for (int threads : new int[] {2, 3, 7}) {
      double[][] together = results(model, data, precision, threads);
      for (int i = 0; i < alone.length; i++) {
        assertThat(together[i]).as("%d threads, result %d", threads, i).containsExactly(alone[i]);
      }
    }
  }

  /** Losses, gradients and both products, with chunks of five and half of them kept. */
  private static double[][] results(Model model, Dataset data, Precision precision, int threads) {
    Network network = Samples.network(model, Loss.MSE, data);
    LayerGraph graph = Dl4jCompiler.compile(network.architecture());
    try (Device device = Devices.processor().open(precision, threads);
        Scope scope = device.open();
        NetworkObjective objective = objective(device, graph, data, precision)) {
      assertThat(objective.chunks().parts()).isGreaterThan(1);
      Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(5)));
      Matrix gradient = scope.matrix(theta.rows(), 1);
      Matrix block = scope.copyOf(Samples.normal(theta.rows(), TANGENTS, 13));
      Matrix hessian = scope.matrix(theta.rows(), TANGENTS);
      Matrix gaussNewton = scope.matrix(theta.rows(), TANGENTS);
      int[] batch = IntStream.range(3, 53).toArray();
      double loss = objective.minibatchGradient(theta, batch, gradient);
      try (Linearization here = objective.linearize(theta)) {
        here.hessianProduct(block, hessian);
        here.gaussNewtonProduct(block, gaussNewton);
        return new double[][] {
          {loss, objective.evaluate(theta).loss(), here.evaluation().loss()},
          gradient.toDoubles(),
          here.gradient().toDoubles(),
          hessian.toDoubles(),
          gaussNewton.toDoubles()
        };
      }
    }
  }

  private static NetworkObjective objective(
      Device device, LayerGraph graph, Dataset data, Precision precision) {
    long outputs = graph.activations(data.features()) * precision.bytes();
    PassSettings settings = new PassSettings(5 * outputs, 100 * outputs, 5);
    return new NetworkObjective(device, graph, new SquaredError(1), data, settings);
  }

  /** Every thread holds a chunk and its part of the sum, and no thread more than the first. */
  @ParameterizedTest
  @MethodSource("networks")
  void holdAChunkAndASumEach(Model model, Dataset data, Precision precision) {
    long alone = most(model, data, precision, 1);
    for (int threads : new int[] {2, 3}) {
      assertThat(most(model, data, precision, threads)).isLessThanOrEqualTo(threads * alone);
    }
  }

  /** Bytes that a linearisation and a block of products take at most, kept for reuse included. */
  private static long most(Model model, Dataset data, Precision precision, int threads) {
    Network network = Samples.network(model, Loss.MSE, data);
    LayerGraph graph = Dl4jCompiler.compile(network.architecture());
    try (Device device = Devices.processor().open(precision, threads);
        Scope scope = device.open();
        NetworkObjective objective = objective(device, graph, data, precision)) {
      Matrix theta = scope.copyOf(network.initialParameters(new SplittableRandom(5)));
      Matrix block = scope.copyOf(Samples.normal(theta.rows(), TANGENTS, 13));
      Matrix product = scope.matrix(theta.rows(), TANGENTS);
      long before = device.bytes();
      try (Linearization here = objective.linearize(theta)) {
        here.hessianProduct(block, product);
        return device.bytes() - before;
      }
    }
  }
}
