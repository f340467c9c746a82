package org.eigensweep.network.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.eigensweep.array.process.CpuKernels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Whose derivative in DL4J is the slope of its function, over all that a network may reach: the
 * others are refused by name, for a few examples may stay where nothing is seen.
 */
class Dl4jSlopesTest {
  private static final double STEP = 1e-5;

  @BeforeAll
  static void chooseKernels() {
    CpuKernels.choose();
  }

  /** All but those that are refused, and softmax, whose slope the losses' tests take. */
  static Stream<IActivation> differentiated() {
    return Stream.concat(
        Arrays.stream(Activation.values())
            .filter(one -> one != Activation.RRELU && one != Activation.SOFTMAX)
            .map(Activation::getActivationFunction),
        Stream.of(
            new ActivationLReLU(0.3),
            new ActivationThresholdedReLU(0.4),
            new ActivationReLU(6.0, 0.5, 0.1)));
  }

  @ParameterizedTest
  @MethodSource
  void differentiated(IActivation function) {
    // rounding over the step, times values up to 9³; α of the leaky ReLU has float32's digits
    assertThat(worst(function)).isCloseTo(0, within(2e-8));
  }

  static Stream<IActivation> others() {
    return Stream.of(new ActivationELU(0.5), new ActivationELU(2), new ActivationGELU(true));
  }

  @ParameterizedTest
  @MethodSource
  void others(IActivation function) {
    assertThat(worst(function)).isGreaterThan(5e-5);
  }

  /**
   * The largest error of a derivative, relative where slopes are over 1, away from whole numbers.
   */
  private static double worst(IActivation function) {
    double[] points = new double[400];
    Arrays.setAll(points, i -> -9 + 18 * (i + 0.3) / points.length);
    INDArray at = Nd4j.createFromArray(points).reshape(1, points.length);
    double[] ahead = function.getActivation(at.add(STEP), true).toDoubleVector();
    double[] behind = function.getActivation(at.sub(STEP), true).toDoubleVector();
    double[] derivative =
        function.backprop(at.dup(), Nd4j.onesLike(at)).getFirst().toDoubleVector();
    double worst = 0;
    for (int i = 0; i < points.length; i++) {
      double slope = (ahead[i] - behind[i]) / (2 * STEP);
      worst = Math.max(worst, Math.abs(derivative[i] - slope) / Math.max(1, Math.abs(slope)));
    }
    return worst;
  }
}
