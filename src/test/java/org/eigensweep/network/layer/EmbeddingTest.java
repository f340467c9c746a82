package org.eigensweep.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.network.Samples;
import org.eigensweep.network.saved.LayerCheck;
import org.eigensweep.network.saved.LayerFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Token vectors, the codes of positions and the mean over positions: all linear. */
class EmbeddingTest extends OnFloat64Device {
  @Test
  void takesRowsOfItsMatrix() {
    LayerFunction f = LayerFunction.first(new Embedding(4, 2), device, 3, 3, 0, 3, 1, 1, 2);
    double[] w = {0, 1, 2, 3, 10, 11, 12, 13};
    assertThat(f.outputs(w)).containsExactly(3, 13, 0, 10, 3, 13, 1, 11, 1, 11, 2, 12);
  }

  /** Tokens that repeat, in an example and across, and one that never occurs. */
  @Test
  void hasTheDerivativesOfDifferences() {
    LayerFunction f = LayerFunction.first(new Embedding(5, 3), device, 3, 4, 0, 4, 1, 1, 2);
    double[] w = Samples.normal(f.size(), 1, 3).values();
    LayerCheck.linear(f, w);
    double[] gradient = f.gradient(w);
    assertThat(gradient[3]).isZero();
    assertThat(gradient[4]).isNotZero();
    LayerFunction one = LayerFunction.first(new Embedding(2, 1), device, 1, 1);
    LayerCheck.linear(one, Samples.normal(2, 1, 3).values());
  }

  /** Beside parameters, directions and sums, storage depends on the tokens alone. */
  @Test
  void takesNoStorageForItsVocabulary() {
    Embedding layer = new Embedding(30_000, 8);
    Matrix theta = scope.zeros(layer.parameters(), 1);
    Matrix block = scope.zeros(layer.parameters(), 2);
    Matrix products = scope.zeros(layer.parameters(), 2);
    Matrix tokens = scope.zeros(7, 5);
    long before = device.bytes();
    LayerPass pass = layer.forward(theta, tokens, scope);
    pass.backward(scope.zeros(56, 5), products.column(0));
    LayerTangent tangent = pass.tangent(new TangentBlock(block, 0), null, scope);
    tangent.backward(scope.zeros(56, 10), new TangentBlock(products, 0));
    // outputs, two tangents of them and what is chosen on the way, of 280 numbers each
    assertThat(device.bytes() - before).isLessThan(8 * 10 * 280);
  }

  @Test
  void hasNoGradientByItsTokens() {
    Embedding layer = new Embedding(4, 2);
    LayerPass pass = layer.forward(scope.zeros(8, 1), scope.zeros(3, 1), scope);
    Matrix upstream = scope.zeros(6, 1);
    pass.backward(upstream, scope.zeros(8, 1));
    String message =
        "the gradient by token ids was asked for: an embedding takes data, not a layer's output";
    assertThatThrownBy(pass::inputGradient)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> pass.inputCotangents(upstream, scope)).hasMessage(message);
    TangentBlock block = new TangentBlock(scope.zeros(8, 1), 0);
    LayerTangent tangent = pass.tangent(block, null, scope);
    assertThatThrownBy(tangent::inputGradientTangents).hasMessage(message);
  }

  @Test
  void refusesVocabulariesThatFloat32CannotCount() {
    assertThat(new Embedding(1 << 24, 2).vocabulary()).isEqualTo(16_777_216);
    assertThatThrownBy(() -> new Embedding(16_777_217, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a vocabulary of 16777217 tokens, expected at most 2^24: larger ids are not exact in"
                + " float32");
  }

  /** Width, positions, examples; the odd width ends with a sine. */
  @ParameterizedTest
  @CsvSource({"1,1,1", "4,3,2", "5,2,3"})
  void addsSinesAndCosinesOfPositions(int width, int length, int examples) {
    SinusoidalPositions layer = new SinusoidalPositions(width, length);
    LayerFunction f = LayerFunction.behind(layer, device, width * length, examples);
    double[] z = Samples.normal(f.size(), 1, 3).values();
    double[] outputs = f.outputs(z);
    for (int k = 0; k < z.length; k++) {
      int value = k % width;
      int position = k / width % length;
      double angle = position / Math.pow(10_000, (value - value % 2) / (double) width);
      double code = value % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
      assertThat(outputs[k]).isCloseTo(z[k] + code, within(1e-15));
    }
    LayerCheck.linear(f, z);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "4,3,2", "3,5,1", "2,1,3"})
  void takesTheMeanOverPositions(int width, int length, int examples) {
    LayerFunction f =
        LayerFunction.behind(new PositionMean(width, length), device, width * length, examples);
    double[] z = Samples.normal(f.size(), 1, 3).values();
    double[] expected = new double[width * examples];
    for (int k = 0; k < z.length; k++) {
      expected[k / (width * length) * width + k % width] += z[k] / length;
    }
    assertThat(f.outputs(z)).containsExactly(expected, within(1e-15));
    LayerCheck.linear(f, z);
  }
}
