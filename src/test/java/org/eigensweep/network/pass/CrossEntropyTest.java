package org.eigensweep.network.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.network.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values against −log softmax, slopes against differences of values, curvature against slopes. */
class CrossEntropyTest extends OnFloat64Device {
  /** Probabilities of the class from 1e-13 to 1 − 1e-13, class after class of three outputs. */
  private static final double[] LOGITS = {
    0, 30, 1, 0.3, -0.2, 0.1, 30, 0, 1, 1.5, 0.2, -0.4, 2, 0, 3, -1, 2, 0.5
  };

  private static final int[] LABELS = {0, 1, 0, 0, 2, 2};
  private static final int EXAMPLES = LABELS.length;

  private static double probability(double[] logits, int example) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      sum += Math.exp(logits[3 * example + i]);
    }
    return Math.exp(logits[3 * example + LABELS[example]]) / sum;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-10, 0.05, 0.3, 0.5})
  void takesTheProbabilityWithinItsBounds(double clip) {
    for (int j = 0; j < EXAMPLES; j++) {
      double p = Math.min(Math.max(probability(LOGITS, j), clip), 1 - clip);
      // rounding of 30, and of a logarithm near 0
      assertThat(new CrossEntropy(clip).of(LOGITS, 3 * j, 3, LABELS[j]))
          .isCloseTo(-Math.log(p), within(1e-14));
    }
  }

  @Test
  void hasNoClipUnlessItIsGiven() {
    assertThat(new CrossEntropy().of(new double[] {800, 0}, 0, 2, 1)).isEqualTo(800);
    assertThat(new CrossEntropy(1e-10).of(new double[] {800, 0}, 0, 2, 1))
        .isEqualTo(-Math.log(1e-10));
    assertThat(new CrossEntropy(1e-10).of(new double[] {Double.NaN, 0}, 0, 2, 1)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-10, 0.05, 0.3, 0.5})
  void hasTheSlopeOfItsValue(double clip) {
    double[] gradient = gradient(clip, LOGITS);
    double h = 1e-5;
    for (int i = 0; i < LOGITS.length; i++) {
      int j = i / 3;
      double ahead = value(clip, moved(LOGITS, i, h), j);
      double behind = value(clip, moved(LOGITS, i, -h), j);
      // h² of a third derivative below 1, and 30u/h
      assertThat(gradient[i]).isCloseTo((ahead - behind) / (2 * h), within(1e-9));
    }
  }

  /** Two directions side by side. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-10, 0.05, 0.3, 0.5})
  void hasTheCurvatureOfItsSlope(double clip) {
    double[] block = Samples.normal(3, 2 * EXAMPLES, 4).values();
    LossRule.LossPass pass = linearized(clip, LOGITS);
    double[] tangents = pass.gradientTangents(matrix(block), scope).toDoubles();
    double h = 1e-5;
    for (int d = 0; d < 2; d++) {
      double[] direction = Arrays.copyOfRange(block, d * LOGITS.length, (d + 1) * LOGITS.length);
      double[] ahead = gradient(clip, moved(LOGITS, direction, h));
      double[] behind = gradient(clip, moved(LOGITS, direction, -h));
      for (int i = 0; i < LOGITS.length; i++) {
        assertThat(tangents[d * LOGITS.length + i])
            .isCloseTo((ahead[i] - behind[i]) / (2 * h), within(1e-9));
      }
    }
  }

  /** Where nothing is beyond the clip there is nothing to set to 0. */
  @Test
  void isTheSmoothOneWithinTheClip() {
    double[] inside = Arrays.copyOfRange(LOGITS, 3, 6);
    Matrix outputs = matrix(inside);
    Matrix targets = matrix(0, 1, 0);
    double[] clipped =
        new CrossEntropy(1e-10).linearize(outputs, targets, scope).gradient().toDoubles();
    double[] smooth = new CrossEntropy().linearize(outputs, targets, scope).gradient().toDoubles();
    assertThat(clipped).containsExactly(smooth);
  }

  private static double value(double clip, double[] logits, int example) {
    return new CrossEntropy(clip).of(logits, 3 * example, 3, LABELS[example]);
  }

  private double[] gradient(double clip, double[] logits) {
    return linearized(clip, logits).gradient().toDoubles();
  }

  private LossRule.LossPass linearized(double clip, double[] logits) {
    double[] targets = new double[logits.length];
    for (int j = 0; j < EXAMPLES; j++) {
      targets[3 * j + LABELS[j]] = 1;
    }
    return new CrossEntropy(clip).linearize(matrix(logits), matrix(targets), scope);
  }

  /** Three rows. */
  private Matrix matrix(double... values) {
    Matrix matrix = scope.matrix(3, values.length / 3);
    matrix.write(values);
    return matrix;
  }

  private static double[] moved(double[] from, int place, double by) {
    double[] moved = from.clone();
    moved[place] += by;
    return moved;
  }

  private static double[] moved(double[] from, double[] direction, double by) {
    double[] moved = from.clone();
    Arrays.setAll(moved, i -> from[i] + by * direction[i]);
    return moved;
  }
}
