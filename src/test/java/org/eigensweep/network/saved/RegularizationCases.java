package org.eigensweep.network.saved;

import static org.eigensweep.network.saved.SavedCase.exact;
import static org.eigensweep.network.saved.SavedCase.image;
import static org.eigensweep.network.saved.SavedCase.last;
import static org.eigensweep.network.saved.SavedCase.other;
import static org.eigensweep.network.saved.SavedCase.sequence;
import static org.eigensweep.network.saved.Verdict.DIFFERENCES;
import static org.eigensweep.network.saved.Verdict.EXACT;
import static org.eigensweep.network.saved.Verdict.REFUSED;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** L1 and L2, of weights and of biases, on layers of every kind: both are in DL4J's score. */
final class RegularizationCases {
  private RegularizationCases() {}

  static Stream<SavedCase> all() {
    return Stream.of(
        exact("l2", LayerCases.dense().l2(0.3).build()),
        exact("l2 of biases", LayerCases.dense().l2Bias(0.3).build()),
        exact("l2 of both", LayerCases.dense().l2(0.2).l2Bias(0.3).build()),
        other("l1", LayerCases.dense().l1(0.3).build(), REFUSED, "layer1.W has L1Regularization"),
        other(
            "l1 of biases",
            LayerCases.dense().l1Bias(0.3).build(),
            REFUSED,
            "layer1.b has L1Regularization"),
        other(
            "l1 beside l2",
            LayerCases.dense().l2(0.2).l1Bias(0.3).build(),
            REFUSED,
            "layer1.b has L1Regularization"),
        image("l2 of both", convolution().l2(0.2).l2Bias(0.3).build(), EXACT, ""),
        image("l1", convolution().l1(0.2).build(), REFUSED, "layer0.W has L1Regularization"),
        other(
            "l2 of both",
            new ElementWiseMultiplicationLayer.Builder().nIn(5).nOut(5).l2(0.2).l2Bias(0.3).build(),
            DIFFERENCES,
            LayerCases.noRule(ElementWiseMultiplicationLayer.class)),
        sequence(
            "l2 of all",
            new LSTM.Builder().nOut(3).l2(0.2).l2Bias(0.3).build(),
            DIFFERENCES,
            SequenceCases.RESHAPED),
        sequence(
            "l2 of all",
            new SimpleRnn.Builder().nOut(3).l2(0.2).l2Bias(0.3).build(),
            DIFFERENCES,
            SequenceCases.RESHAPED),
        sequence(
            "l2 of all",
            new Bidirectional(new LSTM.Builder().nOut(3).l2(0.2).l2Bias(0.3).build()),
            DIFFERENCES,
            SequenceCases.RESHAPED),
        sequence(
            "l1",
            new LSTM.Builder().nOut(3).l1(0.2).build(),
            REFUSED,
            "subject.W has L1Regularization"),
        other("l2", new BatchNormalization.Builder().l2(0.2).l2Bias(0.3).build(), EXACT, ""),
        last("l2 of both", output().l2(0.2).l2Bias(0.3).build(), EXACT, ""),
        last("l1 of biases", output().l1Bias(0.2).build(), REFUSED, "layer2.b has L1Regulariz"),
        last(
            "l2 of both",
            new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .l2(0.2)
                .l2Bias(0.3)
                .build(),
            DIFFERENCES,
            "layer2 " + LayerCases.noRule(CenterLossOutputLayer.class)));
  }

  private static ConvolutionLayer.Builder convolution() {
    return new ConvolutionLayer.Builder(2, 2).nOut(3).activation(Activation.TANH);
  }

  private static OutputLayer.Builder output() {
    return new OutputLayer.Builder(LossFunction.MSE).nOut(3).activation(Activation.TANH);
  }
}
