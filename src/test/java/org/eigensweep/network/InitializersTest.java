package org.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.data.InputShape;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Model;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.eigensweep.network.preset.Vgg11;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fresh parameters, layer by layer. */
class InitializersTest {
  private static final InputShape IMAGES = new InputShape(3, 32, 32);

  /** The numbers of each parameter, by name. */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  private record Drawn(Map<String, IndexRange> ranges, double[] theta) {
    static Drawn of(Model model) {
      Network network = Network.of(model, IMAGES, 10, Loss.MSE);
      HostMatrix theta = network.initialParameters(new SplittableRandom(8));
      return new Drawn(network.parameterRanges(), ((HostMatrix.Doubles) theta).values());
    }

    double[] at(String name) {
      return Arrays.copyOfRange(theta, ranges.get(name).from(), ranges.get(name).to());
    }

    double meanSquare(String name) {
      return Arrays.stream(at(name)).map(x -> x * x).average().orElseThrow();
    }

    double largest(String name) {
      return Arrays.stream(at(name)).map(Math::abs).max().orElseThrow();
    }
  }

  @ParameterizedTest
  @EnumSource(Initialization.class)
  void normalizationStartsAsTheIdentity(Initialization initialization) {
    Drawn drawn =
        Drawn.of(new Cnn(4, Pooling.MAX, Normalization.BATCH, Activation.RELU, initialization));
    for (String layer : new String[] {"layer1", "layer5"}) {
      assertThat(drawn.at(layer + ".gamma")).hasSize(4).containsOnly(1);
      assertThat(drawn.at(layer + ".beta")).hasSize(4).containsOnly(0);
      assertThat(drawn.at(layer + ".mean")).hasSize(4).containsOnly(0);
      assertThat(drawn.at(layer + ".log10stdev")).hasSize(4).containsOnly(0);
    }
    // of some hundred uniform or normal numbers, and not all zero as around it
    assertThat(drawn.largest("layer4.W")).isBetween(0.9 / Math.sqrt(36), 5 * Math.sqrt(2.0 / 72));
  }

  /**
   * A mean square of N normal numbers is off its variance by √(2/N) of it, one of N uniform ones by
   * less: 0.034 for the 1,728 weights of the first convolution, 0.003 for 262,144. Five of these.
   */
  @ParameterizedTest
  @EnumSource(Initialization.class)
  void drawsVggsConvolutionsByTheirOutputs(Initialization initialization) {
    Drawn drawn = Drawn.of(new Vgg11(64, Normalization.NONE, Activation.RELU, initialization));
    assertThat(drawn.meanSquare("layer0.W")).isCloseTo(2.0 / (9 * 64), withinPercentage(17));
    assertThat(drawn.meanSquare("layer11.W")).isCloseTo(2.0 / (9 * 512), withinPercentage(1));
    assertThat(drawn.at("layer11.b")).hasSize(512).containsOnly(0);
    double dense = initialization == Initialization.PYTORCH ? 1.0 / (3 * 512) : 2.0 / (512 + 512);
    assertThat(drawn.meanSquare("layer13.W")).isCloseTo(dense, withinPercentage(2));
    assertThat(drawn.largest("layer13.b") > 0)
        .as("biases are drawn")
        .isEqualTo(initialization == Initialization.PYTORCH);
  }

  @ParameterizedTest
  @EnumSource(Initialization.class)
  void drawsAPartAsIfItWereTheWhole(Initialization initialization) {
    Network network =
        Network.of(
            new Mlp(List.of(7), Activation.RELU, initialization), IMAGES, 10, Loss.CROSS_ENTROPY);
    MatrixSource drawn = network.initialParameters(8);
    double[] whole = network.initialParameters(new SplittableRandom(8)).toDoubles();
    assertThat(drawn.rows()).isEqualTo(whole.length);
    assertThat(drawn.whole().toDoubles()).containsExactly(whole);
    assertThat(drawn.rows(21_000, whole.length).toDoubles())
        .containsExactly(Arrays.copyOfRange(whole, 21_000, whole.length));
    assertThat(network.initialParameters(9).rows(0, 9).toDoubles())
        .isNotEqualTo(drawn.rows(0, 9).toDoubles());
  }
}
