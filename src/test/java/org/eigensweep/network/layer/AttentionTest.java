package org.eigensweep.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.network.Samples;
import org.eigensweep.network.saved.LayerCheck;
import org.eigensweep.network.saved.LayerFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attention against loops over positions, and its derivatives against differences. */
class AttentionTest {
  private Device device;

  @BeforeEach
  void open() {
    device = Devices.processor().open(Precision.FLOAT64, 1);
  }

  @AfterEach
  void close() {
    device.close();
  }

  private LayerFunction function(Attention attention, int examples) {
    int features = 3 * attention.width() * attention.length();
    return LayerFunction.behind(attention, device, features, examples);
  }

  /** Scores with some spread, so that the probabilities are far from equal. */
  private static double[] inputs(LayerFunction f) {
    double[] z = Samples.normal(f.size(), 1, 3).values();
    return Arrays.stream(z).map(x -> 3 * x).toArray();
  }

  /** The definition, one number after another; a mask of 0 leaves a key out of the sums. */
  private static double[] byLoops(Attention attention, double[] inputs, double[] mask) {
    int width = attention.width();
    int length = attention.length();
    int part = width / attention.heads();
    double[] outputs = new double[inputs.length / 3];
    for (int example = 0; example < outputs.length / (width * length); example++) {
      int first = example * length;
      for (int row = 0; row < width; row++) {
        int head = row / part * part;
        for (int query = first; query < first + length; query++) {
          double sum = 0;
          double weights = 0;
          for (int key = first; key < first + length; key++) {
            double score = 0;
            for (int i = head; i < head + part; i++) {
              score += inputs[3 * width * query + i] * inputs[3 * width * key + width + i];
            }
            double weight = mask[key] * Math.exp(score / Math.sqrt(part));
            weights += weight;
            sum += weight * inputs[3 * width * key + 2 * width + row];
          }
          outputs[width * query + row] = sum / weights;
        }
      }
    }
    return outputs;
  }

  /** Width, heads, positions, examples: more than one group of examples in the last. */
  @ParameterizedTest
  @CsvSource({"1,1,1,1", "4,2,3,2", "6,1,5,1", "5,5,4,3", "2,2,1,3", "16,8,56,12"})
  void equalsTheDefinition(int width, int heads, int length, int examples) {
    Attention attention = new Attention(width, heads, length);
    LayerFunction f = function(attention, examples);
    double[] z = inputs(f);
    double[] mask = new double[length * examples];
    Arrays.fill(mask, 1);
    double[] expected = byLoops(attention, z, mask);
    // exp turns errors of scores of size 9·width, rounded at u, into relative ones
    assertThat(f.outputs(z)).containsExactly(expected, within(1e-13));
    assertThat(f.masked(mask).outputs(z)).containsExactly(expected, within(1e-13));
  }

  @ParameterizedTest
  @CsvSource({"4,2,3,2", "2,1,4,1", "3,3,2,3"})
  void hasTheDerivativesOfDifferences(int width, int heads, int length, int examples) {
    LayerFunction f = function(new Attention(width, heads, length), examples);
    LayerCheck.curved(f, Samples.normal(f.size(), 1, 3).values());
  }

  /** A single position attends to itself alone, whatever the scores: its output is its value. */
  @ParameterizedTest
  @CsvSource({"1,1,1", "4,2,3"})
  void isLinearInASinglePosition(int width, int heads, int examples) {
    LayerFunction f = function(new Attention(width, heads, 1), examples);
    LayerCheck.linear(f, inputs(f));
  }

  private static final double[] MASK = {1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1};

  @Test
  void hasTheDerivativesOfDifferencesWherePaddingIsMasked() {
    Attention attention = new Attention(4, 2, 4);
    LayerFunction f = function(attention, 3).masked(MASK);
    double[] z = inputs(f);
    assertThat(f.outputs(z)).containsExactly(byLoops(attention, z, MASK), within(1e-13));
    LayerCheck.curved(f, Samples.normal(f.size(), 1, 3).values());
  }

  /** Keys and values of padding reach no output, no gradient and no product; its queries do. */
  @Test
  void givesPaddingNoWeightAndNoGradient() {
    LayerFunction f = function(new Attention(4, 2, 4), 3).masked(MASK);
    double[] z = inputs(f);
    double[] outputs = f.outputs(z);
    double[] gradient = f.gradient(z);
    double[] v = Samples.normal(f.size(), 1, 5).values();
    double[] hessian = f.hessianProducts(z, v, 1);
    double[] gaussNewton = f.gaussNewtonProducts(z, v, 1);
    double[] others = z.clone();
    for (int position = 0; position < MASK.length; position++) {
      boolean padding = MASK[position] == 0;
      for (int i = 12 * position + 4; i < 12 * (position + 1); i++) {
        assertThat(gradient[i] == 0).isEqualTo(padding);
        assertThat(hessian[i] == 0).isEqualTo(padding);
        assertThat(gaussNewton[i] == 0).isEqualTo(padding);
        others[i] += padding ? 7 : 0;
      }
    }
    assertThat(f.outputs(others)).containsExactly(outputs);
    assertThat(f.gradient(others)).containsExactly(gradient);
  }

  /** In float32 a score disappears in what the mask adds to it, and must do no harm. */
  @Test
  void masksInFloat32() {
    try (Device single = Devices.processor().open(Precision.FLOAT32, 1)) {
      Attention attention = new Attention(4, 2, 4);
      LayerFunction f = LayerFunction.behind(attention, single, 48, 3).masked(MASK);
      double[] z = inputs(f);
      // scores up to 18, rounded at u = 6e-8
      assertThat(f.outputs(z)).containsExactly(byLoops(attention, z, MASK), within(1e-5));
    }
  }

  /** Twelve examples of this size are three groups. */
  @Test
  void doesNotDependOnHowExamplesAreGrouped() {
    Attention attention = new Attention(16, 8, 56);
    LayerFunction all = function(attention, 12);
    LayerFunction one = function(attention, 1);
    int n = one.size();
    double[] z = inputs(all);
    double[] v = Samples.normal(all.size(), 1, 5).values();
    double[] gradient = all.gradient(z);
    double[] hessian = all.hessianProducts(z, v, 1);
    double[] gaussNewton = all.gaussNewtonProducts(z, v, 1);
    for (int from = 0; from < z.length; from += n) {
      double[] x = Arrays.copyOfRange(z, from, from + n);
      double[] w = Arrays.copyOfRange(v, from, from + n);
      assertPart(gradient, from, one.gradient(x));
      assertPart(hessian, from, one.hessianProducts(x, w, 1));
      assertPart(gaussNewton, from, one.gaussNewtonProducts(x, w, 1));
    }
  }

  private static void assertPart(double[] all, int from, double[] part) {
    double[] mine = Arrays.copyOfRange(all, from, from + part.length);
    // the same products; softmax may take its sums in another order
    assertThat(Samples.relativeError(mine, part)).isLessThan(1e-14);
  }

  @Test
  void keepsProbabilitiesAndOutputsAlone() {
    Attention attention = new Attention(16, 8, 56);
    try (Scope scope = device.open();
        Scope kept = device.open()) {
      Matrix input = scope.zeros(3 * 16 * 56, 12);
      attention.forward(null, input, scope.zeros(56, 12), kept);
      assertThat(kept.bytes()).isLessThan(8L * 12 * (8 * 56 * 56 + 16 * 56) + 8 * 56 + 1);
    }
  }

  @Test
  void refusesHeadsThatDoNotPartTheWidth() {
    assertThatThrownBy(() -> new Attention(10, 4, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a width of 10 does not part into 4 heads");
  }
}
