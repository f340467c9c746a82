package org.eigensweep.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.data.InputShape;
import org.eigensweep.linalg.IndexRange;
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
}
