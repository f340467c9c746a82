package org.eigensweep.network.saved;

import static org.eigensweep.network.saved.SavedCase.exact;
import static org.eigensweep.network.saved.SavedCase.other;
import static org.eigensweep.network.saved.Verdict.DIFFERENCES;
import static org.eigensweep.network.saved.Verdict.EXACT;
import static org.eigensweep.network.saved.Verdict.REFUSED;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.layers.*;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.learning.config.Adam;

/** Dense layers with each of their options, and other layers over vectors. */
@SuppressWarnings({"deprecation", "rawtypes"}) // DL4J has deprecated layers and raw builders
final class DenseCases {
  private DenseCases() {}

  static Stream<SavedCase> all() {
    return Stream.of(denseOptions(), others()).flatMap(List::stream);
  }

  static List<SavedCase> denseOptions() {
    String random = "makes the loss random";
    return List.of(
        new SavedCase(
            "text", EmbeddingSequenceLayer.class, SavedCase::onText, SavedCase.TEXT, EXACT, ""),
        exact("plain", LayerCases.dense().build()),
        exact("hasBias = false", LayerCases.dense().hasBias(false).build()),
        other(
            "hasLayerNorm",
            LayerCases.dense().hasLayerNorm(true).gainInit(1.5).build(),
            DIFFERENCES,
            "layer1 (DenseLayer): hasLayerNorm = true"),
        other(
            "dropout",
            LayerCases.dense().dropOut(0.5).build(),
            REFUSED,
            "layer1 (DenseLayer): dropout (DenseLayer.iDropout = Dropout) " + random),
        other(
            "dropout of 1",
            LayerCases.dense().dropOut(1.0).build(),
            DIFFERENCES,
            "layer1 (DenseLayer): iDropout"),
        other(
            "alpha dropout",
            LayerCases.dense().dropOut(new AlphaDropout(0.5)).build(),
            REFUSED,
            "AlphaDropout) " + random),
        other(
            "Gaussian dropout",
            LayerCases.dense().dropOut(new GaussianDropout(0.5)).build(),
            REFUSED,
            "GaussianDropout) " + random),
        other(
            "Gaussian noise",
            LayerCases.dense().dropOut(new GaussianNoise(0.5)).build(),
            REFUSED,
            "GaussianNoise) " + random),
        other(
            "DropConnect",
            LayerCases.dense().weightNoise(new DropConnect(0.5)).build(),
            REFUSED,
            "layer1 (DenseLayer): weight noise (DenseLayer.weightNoise = DropConnect) " + random),
        other(
            "DropConnect without rule",
            LayerCases.dense()
                .weightNoise(new DropConnect(0.5))
                .activation(new ActivationLReLU(0.2))
                .build(),
            REFUSED,
            "weight noise (DenseLayer.weightNoise = DropConnect) " + random),
        other(
            "weight noise",
            LayerCases.dense()
                .weightNoise(
                    new WeightNoise(
                        new org.deeplearning4j.nn.conf.distribution.NormalDistribution(0, 0.1)))
                .build(),
            REFUSED,
            "weightNoise = WeightNoise) " + random),
        exact(
            "constraints",
            LayerCases.dense().constrainWeights(new MaxNormConstraint(0.1, 1)).build()),
        exact(
            "gradient normalisation",
            LayerCases.dense()
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(0.01)
                .build()),
        exact(
            "updater, initial values",
            LayerCases.dense()
                .updater(new Adam(0.1))
                .biasUpdater(new Adam(0.2))
                .biasInit(0.7)
                .gainInit(3)
                .build()));
  }

  static List<SavedCase> others() {
    return List.of(
        other(
            "locked",
            new BatchNormalization.Builder().lockGammaBeta(true).gamma(2).beta(0.5).build(),
            EXACT,
            ""),
        other(
            "no logarithms",
            new BatchNormalization.Builder().useLogStd(false).eps(0.1).decay(0.5).build(),
            EXACT,
            ""),
        other(
            "",
            new AutoEncoder.Builder()
                .nOut(4)
                .activation(Activation.TANH)
                .corruptionLevel(0.3)
                .build(),
            DIFFERENCES,
            LayerCases.noRule(AutoEncoder.class)),
        other(
            "",
            new VariationalAutoencoder.Builder()
                .nOut(4)
                .encoderLayerSizes(3)
                .decoderLayerSizes(3)
                .activation(Activation.TANH)
                .build(),
            DIFFERENCES,
            LayerCases.noRule(VariationalAutoencoder.class)),
        other("", new DropoutLayer(0.5), REFUSED, "layer1 (DropoutLayer): dropout"),
        other(
            "",
            new ElementWiseMultiplicationLayer.Builder()
                .nIn(5)
                .nOut(5)
                .activation(Activation.TANH)
                .build(),
            DIFFERENCES,
            LayerCases.noRule(ElementWiseMultiplicationLayer.class)),
        other("", new EmbeddingLayer.Builder().nIn(5).nOut(4).build(), REFUSED, "DL4J says"),
        other(
            "",
            new MaskLayer(),
            REFUSED,
            "layer1 (MaskLayer): a MaskLayer leaves out what a mask hides"));
  }
}
