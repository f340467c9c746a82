package org.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.network.compile.Dl4jCompiler;
import org.eigensweep.network.dl4j.Dl4jModel;
import org.eigensweep.network.pass.Batch;
import org.eigensweep.network.pass.Examples;
import org.eigensweep.network.pass.LayerGraph;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Transformer;
import org.eigensweep.network.saved.SavedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The transformer against DL4J's gradient and differences of its own. */
class TransformerTest extends OnFloat64Device {
  private static final Transformer PAPER =
      new Transformer(30_522, 64, 8, 2048, 2, Activation.RELU, Initialization.PYTORCH);

  private static Transformer small(int layers, Activation activation) {
    return new Transformer(11, 6, 3, 7, layers, activation, Initialization.PYTORCH);
  }

  private Matrix start(Network network) {
    return scope.copyOf(network.initialParameters(new SplittableRandom(3)));
  }

  @Test
  void hasThePapersParameters() {
    InputShape text = new InputShape(2, 1, 56);
    assertThat(PAPER.parameters(text, 2)).isEqualTo(2_515_842);
    assertThat(Network.of(PAPER, text, 2, Loss.MSE).parameters()).isEqualTo(2_515_842);
    assertThat(Network.of(small(3, Activation.GELU), text, 4, Loss.MSE).parameters())
        .isEqualTo(Math.toIntExact(small(3, Activation.GELU).parameters(text, 4)));
  }

  /** float64 sums of at most a few hundred terms a value, through some ten layers. */
  @ParameterizedTest
  @CsvSource({
    "MSE, 1, 1, RELU",
    "MSE, 7, 5, TANH",
    "CROSS_ENTROPY, 40, 5, RELU",
    "CROSS_ENTROPY, 3, 2, GELU"
  })
  void hasDl4jsGradient(Loss loss, int examples, int length, Activation activation) {
    Dataset data = Samples.text(examples, length, 11, 3, 6);
    compareGradients(Samples.network(small(2, activation), loss, data), data);
  }

  @Test
  void hasDl4jsGradientAtThePapersSize() {
    Dataset data = Samples.text(3, 56, 30_522, 2, 6);
    compareGradients(Samples.network(PAPER, Loss.MSE, data), data);
  }

  private void compareGradients(Network network, Dataset data) {
    Matrix theta = start(network);
    Dl4jOracle oracle = Dl4jOracle.at(network.architecture(), theta, data);
    try (Objective objective = network.objective(device, data, Samples.PASSES);
        Linearization here = objective.linearize(theta)) {
      assertThat(Samples.relativeError(here.gradient().toDoubles(), oracle.gradient()))
          .isLessThan(1e-9);
      // DL4J clips probabilities at 1e-10
      assertThat(here.evaluation().loss()).isCloseTo(oracle.loss(), within(1e-9));
    }
  }

  /** As for the other networks: the error of a central difference falls with h². */
  @ParameterizedTest
  @EnumSource(Loss.class)
  void hasProductsThatAreTheLimitOfCentralDifferences(Loss loss) {
    Dataset data = Samples.text(5, 4, 11, 3, 6);
    Network network = Samples.network(small(2, Activation.TANH), loss, data);
    Derivatives derivatives = new Derivatives(network, data, device, scope);
    Matrix theta = start(network);
    Matrix v = scope.copyOf(Samples.normal(network.parameters(), 1, 11));
    double[] exact = derivatives.product(theta, v).toDoubles();
    double coarse = Samples.relativeError(derivatives.difference(theta, v, 8e-4), exact);
    double fine = Samples.relativeError(derivatives.difference(theta, v, 4e-4), exact);
    double finest = Samples.relativeError(derivatives.difference(theta, v, 1e-5), exact);
    assertThat(coarse / fine).isCloseTo(4, within(0.1));
    assertThat(finest).isLessThan(1e-6);
  }

  /** Columns of differences: off by u/h plus h² times third derivatives, 1e-7 at h = 1e-5. */
  @Test
  void hasASymmetricHessianThatEqualsDifferences() {
    Dataset data = Samples.text(5, 3, 5, 2, 6);
    Transformer tiny = new Transformer(5, 4, 2, 3, 1, Activation.TANH, Initialization.PYTORCH);
    Network network = Samples.network(tiny, Loss.CROSS_ENTROPY, data);
    Derivatives derivatives = new Derivatives(network, data, device, scope);
    Matrix theta = start(network);
    int n = network.parameters();
    Matrix hessian = derivatives.hessian(theta);
    double norm = device.norm(hessian);
    double[] h = hessian.toDoubles();
    double[] e = new double[n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < j; i++) {
        assertThat(h[i + j * n]).isCloseTo(h[j + i * n], within(1e-13 * norm));
      }
      Arrays.fill(e, 0);
      e[j] = 1;
      Matrix direction = scope.matrix(n, 1);
      direction.write(e);
      double[] column = derivatives.difference(theta, direction, 1e-5);
      for (int i = 0; i < n; i++) {
        assertThat(h[i + j * n]).isCloseTo(column[i], within(1e-7 * norm));
      }
    }
  }

  /** Moving what a padded position looks up moves its own output, which the mean counts. */
  @Test
  void countsPaddingInTheMeanButLetsNobodyAttendToIt() {
    Dataset data = Samples.text(1, 4, 11, 2, 2);
    float[] padded = data.inputs().clone();
    Arrays.fill(padded, 5, 8, 0); // only the first position is a token
    float[] moved = padded.clone();
    moved[2] = 7;
    Transformer single = new Transformer(11, 6, 3, 7, 1, Activation.TANH, Initialization.PYTORCH);
    Network network = Network.of(single, data.shape(), 2, Loss.MSE);
    double[] before = encoded(network, data, padded);
    double[] after = encoded(network, data, moved);
    for (int position = 0; position < 4; position++) {
      double[] mine = Arrays.copyOfRange(before, position * 6, position * 6 + 6);
      double[] other = Arrays.copyOfRange(after, position * 6, position * 6 + 6);
      if (position == 2) {
        assertThat(other).isNotEqualTo(mine);
      } else {
        assertThat(other).containsExactly(mine);
      }
    }
  }

  /** What the last encoder layer makes of one example. */
  private double[] encoded(Network network, Dataset data, float[] inputs) {
    LayerGraph whole = Dl4jCompiler.compile(network.architecture());
    LayerGraph encoder = new LayerGraph(whole.nodes().subList(0, whole.nodes().size() - 2));
    Dataset one =
        new Dataset("one", data.shape(), data.classes(), inputs, data.labels().clone(), "");
    Matrix theta = start(network).view(0, encoder.parameters(), 1);
    Batch batch = Examples.of(device, whole, one, scope).batch(0, 1);
    return encoder.forward(theta, batch, scope).output().toDoubles();
  }

  @Test
  void isReadBackExactlyFromDl4jsFile() throws IOException {
    Dataset data = Samples.text(7, 5, 11, 3, 6);
    Network network = Samples.network(small(2, Activation.RELU), Loss.CROSS_ENTROPY, data);
    Dl4jModel.Graph dl4j = (Dl4jModel.Graph) network.architecture().create(1);
    SavedNetwork saved = SavedNetwork.read("net.zip", zipped(dl4j.graph()));
    assertThat(saved.missingRule()).isEmpty();
    Matrix theta = scope.copyOf(saved.parameters());
    try (Objective one = saved.objective(device, data, Samples.PASSES);
        Objective other = network.objective(device, data, Samples.PASSES)) {
      assertThat(one.evaluate(theta)).isEqualTo(other.evaluate(theta));
    }
    Dataset longer = Samples.text(7, 6, 11, 3, 6);
    assertThatThrownBy(() -> saved.objective(device, longer, Samples.PASSES))
        .hasMessage("the network takes 5 tokens an example, the data have 6: set data.max-length");
    Dataset richer = Samples.text(7, 5, 99, 3, 6);
    assertThatThrownBy(() -> saved.objective(device, richer, Samples.PASSES))
        .hasMessageMatching(
            "the network knows 11 tokens, the data have number \\d+: expected the vocabulary it was"
                + " trained with");
    Dataset images = Samples.images(7, new InputShape(1, 4, 4), 3, 6);
    assertThatThrownBy(() -> saved.objective(device, images, Samples.PASSES))
        .hasMessage("the network takes tokens, the data are images: expected text, as in sst2");
  }

  private static byte[] zipped(ComputationGraph graph) throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    ModelSerializer.writeModel(graph, zip, false);
    return zip.toByteArray();
  }

  /** PyTorch's defaults: tokens normal, gains 1, biases of attention and normalisation 0. */
  @Test
  void startsFromPytorchsDefaults() {
    Network network =
        Network.of(
            new Transformer(500, 16, 4, 32, 1, Activation.RELU, Initialization.PYTORCH),
            new InputShape(2, 1, 5),
            2,
            Loss.MSE);
    double[] theta = start(network).toDoubles();
    assertThat(root(theta, network.parameterRange("embedding.W"))).isCloseTo(1, within(0.03));
    // uniform in ±b has the root mean square b/√3
    assertThat(root(theta, network.parameterRange("encoder0-projections.W")))
        .isCloseTo(Math.sqrt(6.0 / 64 / 3), within(0.02));
    assertThat(root(theta, network.parameterRange("encoder0-projections.b"))).isZero();
    assertThat(root(theta, network.parameterRange("encoder0-heads.W")))
        .isCloseTo(0.25 / Math.sqrt(3), within(0.02));
    assertThat(root(theta, network.parameterRange("encoder0-heads.b"))).isZero();
    assertThat(root(theta, network.parameterRange("encoder0-hidden.b"))).isPositive();
    assertThat(root(theta, network.parameterRange("encoder0-attended.W"))).isEqualTo(1);
    assertThat(root(theta, network.parameterRange("encoder0-transformed.b"))).isZero();
    assertThat(network.parameterRanges()).doesNotContainKey("positions");
  }

  private static double root(double[] values, IndexRange range) {
    double sum = 0;
    for (int i = range.from(); i < range.to(); i++) {
      sum += values[i] * values[i];
    }
    return Math.sqrt(sum / range.size());
  }

  @Test
  void refusesHeadsOfUnequalSize() {
    assertThatThrownBy(
            () -> new Transformer(9, 7, 2, 3, 1, Activation.RELU, Initialization.PYTORCH))
        .hasMessage("a width of 7 for 2 heads, expected a multiple of the heads");
  }
}
