package org.eigensweep.network.saved;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossMultiLabel;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;

/**
 * Every loss of DL4J where its outputs are extreme: beyond what the score clips, saturated, large,
 * or all but 0. Some examples are there and some are not.
 */
class ExtremeLossTest {
  private static final List<Activation> ACTIVATIONS =
      List.of(
          Activation.SIGMOID,
          Activation.SOFTMAX,
          Activation.IDENTITY,
          Activation.TANH,
          Activation.SOFTPLUS);

  static Stream<SavedCase> cases() {
    return Stream.of(clipping(), small(), undefined(), others()).flatMap(cases -> cases);
  }

  private static INDArray weights() {
    return Nd4j.createFromArray(0.7, 0.2, 0.5).reshape(1, 3);
  }

  /** Some of the outputs are beyond the clips: of 30, from a few to all, with the activation. */
  private static Stream<SavedCase> clipping() {
    Stream<ILossFunction> everywhere =
        Stream.of(
            new LossBinaryXENT(),
            new LossBinaryXENT(0.1, weights()),
            new LossBinaryXENT(0.3),
            new LossKLD(),
            new LossCosineProximity());
    Stream<ILossFunction> ofProbabilities =
        Stream.of(
            new LossMCXENT(),
            new LossMCXENT(0.3, null),
            new LossMCXENT(0.1, weights()),
            new LossNegativeLogLikelihood());
    return Stream.concat(
        everywhere.flatMap(
            loss ->
                ACTIVATIONS.stream()
                    .flatMap(f -> Stream.of(right(loss, f, 1), right(loss, f, 40)))),
        ofProbabilities.flatMap(
            loss ->
                Stream.of(
                    right(loss, Activation.SIGMOID, 1),
                    right(loss, Activation.SIGMOID, 40),
                    right(loss, Activation.SOFTMAX, 1),
                    right(loss, Activation.SOFTMAX, 5),
                    right(loss, Activation.SOFTMAX, 40))));
  }

  /** DL4J's gradient of the cosine bounds the square of a norm, and its score the norm. */
  private static Stream<SavedCase> small() {
    return Stream.of(Activation.IDENTITY, Activation.TANH)
        .flatMap(
            f ->
                Stream.of(
                    right(new LossCosineProximity(), f, 4e-3),
                    right(new LossKLD(), f, 0.1),
                    right(new LossMSLE(), f, 4e-3)));
  }

  /** Logarithms of 0 or less, labels of 0 below a fraction, exponentials that overflow. */
  private static Stream<SavedCase> undefined() {
    String without = "layer2 (OutputLayer): Loss";
    return Stream.of(
        refused(new LossBinaryXENT(0), Activation.SIGMOID, 40, without + "BinaryXENT() is NaN"),
        refused(new LossBinaryXENT(0), Activation.TANH, 1, without + "BinaryXENT() is NaN"),
        refused(new LossMCXENT(), Activation.IDENTITY, 1, without + "MCXENT() is NaN"),
        refused(new LossMCXENT(), Activation.TANH, 40, without + "MCXENT() is NaN"),
        refused(new LossNegativeLogLikelihood(), Activation.RELU, 1, without + "NegativeLog"),
        refused(new LossPoisson(), Activation.IDENTITY, 1, without + "Poisson() is NaN"),
        refused(new LossPoisson(), Activation.RELU, 40, without + "Poisson() is NaN"),
        refused(new LossMSLE(), Activation.IDENTITY, 40, without + "MSLE() is NaN"),
        refused(new LossMAPE(), Activation.SIGMOID, 1, without + "MAPE() is Infinity"),
        refused(new LossMAPE(), Activation.IDENTITY, 40, without + "MAPE() is Infinity"),
        // DL4J's softplus is that of an exponential, which overflows where ours does not
        refused(new LossMSE(), Activation.SOFTPLUS, 2000, "DL4J's own score is Infinity"),
        // and has no digits where that is small
        refused(
            new LossMCXENT(),
            Activation.SOFTPLUS,
            40,
            "layer2 (OutputLayer): DL4J's gradient along layer2.b"),
        refused(new LossMultiLabel(), Activation.SIGMOID, 1, "layer2 (OutputLayer): DL4J has no"));
  }

  private static Stream<SavedCase> others() {
    return Stream.<ILossFunction>of(
            new LossPoisson(),
            new LossMSLE(),
            new LossMAE(),
            new LossL1(),
            new LossL2(),
            new LossMSE(),
            new LossHinge(),
            new LossSquaredHinge(),
            new LossWasserstein())
        .flatMap(
            loss ->
                Stream.of(
                    right(loss, Activation.SIGMOID, 40), right(loss, Activation.SOFTMAX, 40)));
  }

  private static SavedCase right(ILossFunction loss, Activation activation, double factor) {
    return extreme(loss, activation, factor, Verdict.DIFFERENCES, "");
  }

  private static SavedCase refused(
      ILossFunction loss, Activation activation, double factor, String says) {
    return extreme(loss, activation, factor, Verdict.REFUSED, says);
  }

  private static SavedCase extreme(
      ILossFunction loss, Activation activation, double factor, Verdict verdict, String says) {
    OutputLayer layer = new OutputLayer.Builder(loss).nOut(3).activation(activation).build();
    return new SavedCase(
        "%s after %s, last layer times %s".formatted(loss, activation, factor),
        OutputLayer.class,
        () -> scaled(layer, factor),
        SavedCase.VECTORS,
        verdict,
        says);
  }

  private static Model scaled(OutputLayer layer, double factor) {
    MultiLayerNetwork network = (MultiLayerNetwork) SavedCase.endsWith(layer);
    network.getLayer(2).params().muli(factor);
    return network;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isDl4jsScoreOrRefused(SavedCase one) {
    Model dl4j = one.network().get();
    if (one.verdict() == Verdict.REFUSED) {
      assertThatThrownBy(() -> AgainstScore.measure(one, dl4j))
          .hasMessageContaining(one.says())
          .message()
          .hasLineCount(1);
    } else {
      AgainstScore.measure(one, dl4j);
    }
  }
}
