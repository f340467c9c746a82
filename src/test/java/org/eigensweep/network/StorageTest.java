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
import org.eigensweep.array.Window;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.compile.Dl4jCompiler;
import org.eigensweep.network.layer.Convolution;
import org.eigensweep.network.layer.Layer;
import org.eigensweep.network.pass.CrossEntropy;
import org.eigensweep.network.pass.LayerGraph;
import org.eigensweep.network.pass.LossRule;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Storage stays below the bounds of {@link PassSettings}, and results do not depend on them. */
class StorageTest {
  private static final int EXAMPLES = 13;
  private static final Dataset IMAGES = Samples.images(EXAMPLES, new InputShape(3, 12, 10), 4, 1);
  private static final Precision SINGLE = Precision.FLOAT32;

  static Stream<Model> models() {
    Initialization start = Initialization.PYTORCH;
    return Stream.of(
        new Mlp(List.of(40, 30), Activation.TANH, start),
        new Mlp(List.of(200), Activation.GELU, start),
        new Mlp(List.of(), Activation.RELU, start),
        new Cnn(8, Pooling.MAX, Normalization.NONE, Activation.RELU, start),
        new Cnn(5, Pooling.AVERAGE, Normalization.NONE, Activation.SOFTPLUS, start),
        new Cnn(5, Pooling.MAX, Normalization.BATCH, Activation.TANH, start));
  }

  /** One, some or all of the 13 examples together, an uneven rest included; keeping 0 to all. */
  static Stream<Arguments> settings() {
    return models()
        .flatMap(
            model ->
                IntStream.of(1, 5, 13)
                    .boxed()
                    .flatMap(
                        together ->
                            Stream.of(0.0, 0.4, 1.0)
                                .map(kept -> Arguments.of(model, together, kept))));
  }

  /** A network on a device of its own, with what a caller holds: θ, a block and its products. */
  private static final class Case implements AutoCloseable {
    final Device device = Devices.processor().open(SINGLE, 1);
    final Scope scope = device.open();
    final LayerGraph graph;
    final NetworkObjective objective;
    final PassSettings settings;
    final Matrix theta;
    final long baseline;

    /** Few enough bytes for so many examples together, and for a share of all that is kept. */
    Case(Model model, Loss loss, int together, double share) {
      Network network = Samples.network(model, loss, IMAGES);
      this.graph = Dl4jCompiler.compile(network.architecture());
      this.settings =
          new PassSettings(
              together * outputs(),
              (long) (share * 4 * EXAMPLES * outputs()),
              Math.max(1, together));
      LossRule rule = loss == Loss.MSE ? new SquaredError(1) : new CrossEntropy();
      this.objective = new NetworkObjective(device, graph, rule, IMAGES, settings);
      this.theta = scope.copyOf(network.initialParameters(new SplittableRandom(5)));
      this.baseline = device.bytes();
    }

    /** A: bytes of all outputs for an example. */
    long outputs() {
      return graph.activations(IMAGES.features()) * SINGLE.bytes();
    }

    /**
     * The examples of a chunk, and those of the last where they are fewer: each has its storage.
     */
    int[] chunks() {
      int size = objective.chunks().size();
      int rest = EXAMPLES % size;
      return rest == 0 ? new int[] {size} : new int[] {size, rest};
    }

    /** The patches of some images in all convolutions, which do not fill a mebibyte here. */
    long patches(int images) {
      long sum = 0;
      for (Layer layer : graph.layers()) {
        if (layer instanceof Convolution convolution) {
          Window window = convolution.window();
          sum += (long) images * window.positions() * window.patchSize() * SINGLE.bytes();
        }
      }
      return sum;
    }

    long linearizing() {
      long sum = 2 * 4L * theta.rows() + settings.keptBytes(); // the gradient, and a part of it
      for (int chunk : chunks()) {
        sum += 6L * chunk * outputs() + patches(2 * chunk);
      }
      return sum;
    }

    long products(int m) {
      // a gradient that nobody asks for, a part of the product, and convolutions' weights in order
      long sum = linearizing() + 4L * theta.rows() * (1 + 2 * m);
      for (int chunk : chunks()) {
        sum += 2 * Math.max(m * settings.chunkBytes(), chunk * outputs());
        sum += patches(m * chunk); // of cotangents, which are grouped across tangents
      }
      return sum;
    }

    Matrix block(int m) {
      return scope.copyOf(Samples.normal(theta.rows(), m, 13));
    }

    @Override
    public void close() {
      objective.close();
      scope.close();
      device.close();
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void staysBelowTheBound(Model model, int together, double kept) {
    for (int m : new int[] {1, 7}) {
      for (Loss loss : Loss.values()) {
        try (Case one = new Case(model, loss, together, kept)) {
          assertThat(one.objective.chunks().size()).isLessThanOrEqualTo(together);
          Matrix block = one.block(m);
          Matrix product = one.block(m);
          long before = one.device.bytes();
          try (Linearization here = one.objective.linearize(one.theta)) {
            assertThat(one.device.bytes() - before).isLessThanOrEqualTo(one.linearizing());
            here.hessianProduct(block, product);
            assertThat(one.device.bytes() - before).isLessThanOrEqualTo(one.products(m));
            here.gaussNewtonProduct(block, product);
            assertThat(one.device.bytes() - before).isLessThanOrEqualTo(one.products(m));
          }
        }
      }
    }
  }

  /** The pool holds no more than was in use at once, however many widths there were. */
  @ParameterizedTest
  @MethodSource("models")
  void staysBelowTwiceTheBoundOfTheWidestBlock(Model model) {
    try (Case one = new Case(model, Loss.MSE, 5, 0.4);
        Linearization here = one.objective.linearize(one.theta)) {
      for (int m = 1; m <= 20; m++) {
        try (Scope vectors = one.device.open()) {
          Matrix block = vectors.zeros(one.theta.rows(), m);
          here.hessianProduct(block, vectors.matrix(one.theta.rows(), m));
        }
      }
      long vectors = 2L * 20 * 4 * one.theta.rows();
      assertThat(one.device.bytes())
          .isLessThanOrEqualTo(2 * (one.baseline + vectors + one.products(20)));
    }
  }

  /** A chunk of less than one example: tangents pass one by one, and a width costs nothing. */
  @ParameterizedTest
  @MethodSource("models")
  void passesTangentsOneByOneWhereAnExampleIsLarger(Model model) {
    try (Case one = new Case(model, Loss.MSE, 0, 0)) {
      assertThat(one.objective.chunks().size()).isOne();
      assertThat(one.objective.tangentsTogether(50)).isOne();
      Matrix block = one.block(50);
      Matrix product = one.block(50);
      long before = one.device.bytes();
      try (Linearization here = one.objective.linearize(one.theta)) {
        here.hessianProduct(block, product);
      }
      long vectors = 4L * (4 + 50) * one.theta.rows(); // a part of the product is as wide as it
      long bound = vectors + 8 * one.outputs() + one.patches(3);
      assertThat(one.device.bytes() - before).isLessThanOrEqualTo(bound);
    }
  }

  static Stream<Arguments> settingsWithoutGroups() {
    return settings().filter(setting -> !couples((Model) setting.get()[0]));
  }

  private static boolean couples(Model model) {
    return model instanceof Cnn cnn && cnn.normalization() == Normalization.BATCH;
  }

  /** Sums of 13 examples in another order: a few roundings of float32, 6e-8, of the whole. */
  @ParameterizedTest
  @MethodSource("settingsWithoutGroups")
  void doesNotChangeTheResults(Model model, int together, double kept) {
    double[][] expected = results(model, EXAMPLES, 1);
    double[][] results = results(model, together, kept);
    for (int i = 0; i < expected.length; i++) {
      assertThat(Samples.relativeError(results[i], expected[i])).isLessThan(2e-6);
    }
  }

  /** Loss and gradient, by one pass and by a mini-batch of everything, and both products. */
  private static double[][] results(Model model, int together, double kept) {
    try (Case one = new Case(model, Loss.CROSS_ENTROPY, together, kept);
        Linearization here = one.objective.linearize(one.theta)) {
      Matrix hessian = one.block(3);
      Matrix gaussNewton = one.block(3);
      Matrix gradient = one.block(1);
      here.hessianProduct(one.block(3), hessian);
      here.gaussNewtonProduct(one.block(3), gaussNewton);
      int[] all = IntStream.range(0, EXAMPLES).toArray();
      double loss = one.objective.minibatchGradient(one.theta, all, gradient);
      return new double[][] {
        {here.evaluation().loss()},
        {one.objective.evaluate(one.theta).loss()},
        {loss},
        here.gradient().toDoubles(),
        gradient.toDoubles(),
        hessian.toDoubles(),
        gaussNewton.toDoubles()
      };
    }
  }
}
