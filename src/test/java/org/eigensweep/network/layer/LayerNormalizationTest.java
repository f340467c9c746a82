package org.eigensweep.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.eigensweep.network.Samples;
import org.eigensweep.network.saved.LayerCheck;
import org.eigensweep.network.saved.LayerFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layer normalisation against its definition, and its derivatives against differences. */
class LayerNormalizationTest {
  private Device device;

  @BeforeEach
  void open() {
    device = Devices.processor().open(Precision.FLOAT64, 1);
  }

  @AfterEach
  void close() {
    device.close();
  }

  private static double[] byLoops(LayerNormalization layer, double[] z) {
    int width = layer.width();
    double[] outputs = new double[z.length - 2 * width];
    for (int from = 0; from < outputs.length; from += width) {
      double mean = 0;
      for (int i = 0; i < width; i++) {
        mean += z[2 * width + from + i] / width;
      }
      double variance = 0;
      for (int i = 0; i < width; i++) {
        variance += Math.pow(z[2 * width + from + i] - mean, 2) / width;
      }
      for (int i = 0; i < width; i++) {
        double normal = (z[2 * width + from + i] - mean) / Math.sqrt(variance + layer.epsilon());
        outputs[from + i] = z[i] * normal + z[width + i];
      }
    }
    return outputs;
  }

  /** Width, positions, examples, ε. */
  @ParameterizedTest
  @CsvSource({"5,3,2,1e-5", "1,2,2,0.1", "2,1,1,0.3", "64,7,5,1e-12"})
  void equalsTheDefinition(int width, int length, int examples, double epsilon) {
    LayerNormalization layer = new LayerNormalization(width, epsilon);
    LayerFunction f = LayerFunction.behind(layer, device, width * length, examples);
    double[] z = Samples.normal(f.size(), 1, 3).values();
    // a mean that is large beside the deviations must not spoil the variance
    for (int i = 2 * width; i < z.length; i++) {
      z[i] += 100;
    }
    double[] expected = byLoops(layer, z);
    // values of size 100 rounded at u, over the smallest deviations of some 0.1
    assertThat(f.outputs(z)).containsExactly(expected, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"5,2,2,1e-5", "3,1,1,0.1", "4,3,1,1e-2"})
  void hasTheDerivativesOfDifferences(int width, int length, int examples, double epsilon) {
    LayerNormalization layer = new LayerNormalization(width, epsilon);
    LayerFunction f = LayerFunction.behind(layer, device, width * length, examples);
    LayerCheck.curved(f, Samples.normal(f.size(), 1, 3).values());
  }

  /** Behind data, or where a position has one value, which is its mean, the output is linear. */
  @Test
  void isLinearWhereNothingIsToBeNormalised() {
    LayerNormalization layer = new LayerNormalization(3, 1e-5);
    double[] data = Samples.normal(12, 1, 4).values();
    LayerFunction first = LayerFunction.first(layer, device, 6, data);
    LayerCheck.linear(first, Samples.normal(6, 1, 3).values());
    LayerFunction single = LayerFunction.behind(new LayerNormalization(1, 1e-5), device, 2, 2);
    LayerCheck.linear(single, Samples.normal(single.size(), 1, 3).values());
  }

  @Test
  void inFloat32StaysWithinItsRounding() {
    LayerNormalization layer = new LayerNormalization(64, 1e-5);
    double[] z = Samples.normal(128 + 64 * 56, 1, 3).values();
    double[] v = Samples.normal(z.length, 1, 4).values();
    try (Device single = Devices.processor().open(Precision.FLOAT32, 1)) {
      LayerFunction exact = LayerFunction.behind(layer, device, 64 * 56, 1);
      LayerFunction rounded = LayerFunction.behind(layer, single, 64 * 56, 1);
      double[] products = rounded.hessianProducts(z, v, 1);
      // sums of 64 float32 numbers, in some ten steps: 10·√64·u
      assertThat(Samples.relativeError(products, exact.hessianProducts(z, v, 1))).isLessThan(5e-6);
      assertThat(Arrays.equals(products, exact.hessianProducts(z, v, 1))).isFalse();
    }
  }
}
