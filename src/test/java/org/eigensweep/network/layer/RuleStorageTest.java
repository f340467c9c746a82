package org.eigensweep.network.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Window;
import org.eigensweep.network.Samples;
import org.eigensweep.network.pass.PassSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each rule holds, number for number, as {@link PassSettings} says. */
class RuleStorageTest {
  private static final int EXAMPLES = 7;
  private static final int TANGENTS = 3;

  /** A 3 × 3 window over two channels of 4 × 5, padded to keep their size. */
  private static final Window CONVOLUTION = new Window(2, 4, 5, 3, 3, 1, 1, 1, 1, 4, 5);

  /** 2 × 2 in steps of 2, over two channels of 4 × 6. */
  private static final Window POOLING = new Window(2, 4, 6, 2, 2, 2, 2, 0, 0, 2, 3);

  /**
   * A rule, the values that enter it, how often a pass holds its outputs and how many numbers it
   * holds besides, for each example and once; the numbers that a tangent holds besides its outputs
   * and inputs; and what is held in passing, ones included.
   */
  static Stream<Arguments> rules() {
    int patches = EXAMPLES * CONVOLUTION.positions() * CONVOLUTION.patchSize();
    int weights = 3 * CONVOLUTION.patchSize();
    int convolving = (1 + TANGENTS) * (patches + weights) + EXAMPLES * CONVOLUTION.positions();
    int plane = EXAMPLES * 11;
    return Stream.of(
        Arguments.of(new Dense(5, 9), 5, 1, 0, 0, 0, EXAMPLES),
        Arguments.of(new Convolution(CONVOLUTION, 3), 40, 1, 0, 0, 0, convolving),
        Arguments.of(new MaxPooling(POOLING), 48, 2, 0, 0, 0, 0),
        Arguments.of(new AveragePooling(POOLING), 48, 1, 0, 0, 0, 0),
        Arguments.of(
            norm(new Channels(11, 1)), 11, 3, 0, 3 * 11, 5 * 11, plane + vectors(11, EXAMPLES)),
        Arguments.of(
            norm(new Channels(3, 20)),
            60,
            3,
            0,
            3 * 3,
            5 * 3,
            EXAMPLES * 60 + vectors(3, EXAMPLES * 20)),
        Arguments.of(new Pointwise(Nonlinearity.RELU), 11, 2, 0, 0, 0, 0),
        Arguments.of(new Pointwise(Nonlinearity.HARDTANH), 11, 2, 0, 0, 0, 0),
        Arguments.of(new Pointwise(Nonlinearity.TANH), 11, 3, 0, 0, 0, 0),
        Arguments.of(new Pointwise(Nonlinearity.GELU), 11, 3, 0, 0, 0, 2 * plane));
  }

  /** Two numbers for each channel, and ones for all places of all examples. */
  private static int vectors(int channels, int places) {
    return 2 * channels + places;
  }

  private static BatchNorm norm(Channels channels) {
    return new BatchNorm(channels, 1e-5, new Affine.Learned());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void isWhatTheRuleSays(
      Layer rule,
      int inputs,
      int copies,
      int perExample,
      int once,
      int onceEachTangent,
      int inPassing) {
    int outputs = rule.outputs(inputs);
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope given = device.open();
        Scope pass = device.open();
        Scope products = device.open()) {
      Matrix theta = random(Math.max(1, rule.parameters()), 1, given);
      Matrix block = random(theta.rows(), TANGENTS, given);
      Matrix input = random(inputs, EXAMPLES, given);
      Matrix upstream = random(outputs, EXAMPLES, given);
      Matrix moved = random(inputs, EXAMPLES * TANGENTS, given);
      Matrix movedUpstream = random(outputs, EXAMPLES * TANGENTS, given);
      long before = device.bytes();

      LayerPass linearized = rule.forward(theta, input, pass);
      linearized.backward(upstream, given.zeros(theta.rows(), 1));
      linearized.inputGradient();
      long kept = 8L * (EXAMPLES * (copies * outputs + inputs + perExample) + once);
      assertThat(pass.bytes()).isEqualTo(kept);

      TangentBlock sums = new TangentBlock(given.zeros(theta.rows(), TANGENTS), 0);
      LayerTangent tangent = linearized.tangent(new TangentBlock(block, 0), moved, products);
      tangent.backward(movedUpstream, sums);
      tangent.inputGradientTangents();
      long eachWay = 8L * EXAMPLES * TANGENTS * (outputs + inputs);
      long columns = 8L * TANGENTS * onceEachTangent;
      assertThat(products.bytes()).isEqualTo(eachWay + columns);
      assertThat(pass.bytes()).as("after a product").isEqualTo(kept);

      long vectors = 8L * theta.rows() * (1 + TANGENTS);
      long temporary = device.bytes() - before - vectors - pass.bytes() - products.bytes();
      assertThat(temporary).isEqualTo(8L * inPassing);
      linearized.addParameterCotangents(movedUpstream, sums);
      linearized.inputCotangents(movedUpstream, products);
      assertThat(products.bytes())
          .isEqualTo(columns + eachWay + eachWay / (outputs + inputs) * inputs);
    }
  }

  private static Matrix random(int rows, int columns, Scope scope) {
    return scope.copyOf(Samples.normal(rows, columns, 3));
  }
}
