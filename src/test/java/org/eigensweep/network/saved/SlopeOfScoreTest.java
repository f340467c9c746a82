package org.eigensweep.network.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.eigensweep.array.process.CpuKernels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/** Gradients of losses against differences of DL4J's own score, on both sides of every clip. */
class SlopeOfScoreTest {
  /** Moderate, saturated at either end, and all but 0, of which the cosine's norm is below 1e-5. */
  private static final double[][] BEFORE = {
    {0.3, -0.6, 1.1},
    {14, -15, 0.4},
    {-16, 13, -2},
    {3e-3, 2e-3, -1e-3},
    {4e-6, -3e-6, 2e-6},
    {0.9, 0.25, -0.1}
  };

  private static final double[][] LABELS = {
    {1, 0, 0}, {0, 1, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}, {0, 0, 1}
  };

  @BeforeAll
  static void chooseKernels() {
    CpuKernels.choose();
  }

  static Stream<Arguments> losses() {
    INDArray weights = Nd4j.createFromArray(0.7, 0.2, 0.5).reshape(1, 3);
    List<ILossFunction> losses =
        List.of(
            new LossBinaryXENT(),
            new LossBinaryXENT(0.2, weights),
            new LossCosineProximity(),
            new LossKLD());
    List<ILossFunction> ofSoftmax =
        List.of(
            new LossMCXENT(),
            new LossMCXENT(0.2, weights),
            new LossMCXENT(0.3, null),
            new LossNegativeLogLikelihood());
    return Stream.concat(
        losses.stream()
            .flatMap(
                loss ->
                    Stream.of(
                            Activation.SIGMOID,
                            Activation.SOFTMAX,
                            Activation.TANH,
                            Activation.IDENTITY)
                        .map(f -> Arguments.of(loss, f))),
        ofSoftmax.stream().map(loss -> Arguments.of(loss, Activation.SOFTMAX)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void isThatOfTheScore(ILossFunction loss, Activation name) {
    IActivation activation = name.getActivationFunction();
    INDArray before = Nd4j.createFromArray(BEFORE);
    INDArray labels = Nd4j.createFromArray(LABELS);
    ILossFunction sloped = SlopeOfScore.of(loss, activation);
    INDArray kept = before.dup();
    double[][] slope = sloped.computeGradient(labels, before, activation, null).toDoubleMatrix();
    assertThat(before).isEqualTo(kept);
    // small enough for outputs of 1e-6, at the price of digits: 30u/h
    double h = 1e-8;
    for (int i = 0; i < BEFORE.length; i++) {
      for (int j = 0; j < 3; j++) {
        double ahead = score(loss, labels, moved(i, j, h), activation);
        double behind = score(loss, labels, moved(i, j, -h), activation);
        double difference = (ahead - behind) / (2 * h);
        assertThat(slope[i][j])
            .as("example %d, output %d", i, j)
            .isCloseTo(difference, within(2e-6 + 1e-4 * Math.abs(difference)));
      }
    }
  }

  private static double score(
      ILossFunction loss, INDArray labels, double[][] before, IActivation activation) {
    return loss.computeScore(labels, Nd4j.createFromArray(before), activation, null, false);
  }

  private static double[][] moved(int row, int column, double by) {
    double[][] moved = Stream.of(BEFORE).map(double[]::clone).toArray(double[][]::new);
    moved[row][column] += by;
    return moved;
  }

  @Test
  void leavesALossThatHasNoClip() {
    ILossFunction loss = new LossMSE();
    assertThat(SlopeOfScore.of(loss, new ActivationSigmoid())).isSameAs(loss);
    ILossFunction sigmoid = new LossMCXENT();
    assertThat(SlopeOfScore.of(sigmoid, new ActivationSigmoid())).isSameAs(sigmoid);
  }

  @Test
  void hasTheScoreAndTheNameOfTheLoss() {
    IActivation activation = new ActivationSigmoid();
    ILossFunction loss = new LossBinaryXENT();
    ILossFunction same = SlopeOfScore.of(loss, activation);
    INDArray before = Nd4j.createFromArray(BEFORE);
    INDArray labels = Nd4j.createFromArray(LABELS);
    assertThat(same.name()).isEqualTo(loss.name());
    assertThat(same).hasToString(loss.toString());
    assertThat(same.computeScore(labels, before.dup(), activation, null, true))
        .isEqualTo(loss.computeScore(labels, before.dup(), activation, null, true));
    assertThat(same.computeScoreArray(labels, before.dup(), activation, null))
        .isEqualTo(loss.computeScoreArray(labels, before.dup(), activation, null));
    var both = same.computeGradientAndScore(labels, before.dup(), activation, null, false);
    assertThat(both.getFirst())
        .isEqualTo(loss.computeScore(labels, before.dup(), activation, null, false));
    assertThat(both.getSecond())
        .isEqualTo(same.computeGradient(labels, before.dup(), activation, null));
  }

  @Test
  void takesNoMask() {
    IActivation activation = new ActivationSigmoid();
    ILossFunction loss = SlopeOfScore.of(new LossKLD(), activation);
    INDArray before = Nd4j.createFromArray(BEFORE);
    INDArray mask = Nd4j.ones(6, 1);
    assertThatThrownBy(() -> loss.computeGradient(before, before, activation, mask))
        .hasMessage("a mask of labels for LossKLD()");
  }
}
