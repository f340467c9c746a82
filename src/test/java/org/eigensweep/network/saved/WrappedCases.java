package org.eigensweep.network.saved;

import static org.eigensweep.network.saved.SavedCase.other;
import static org.eigensweep.network.saved.Verdict.DIFFERENCES;
import static org.eigensweep.network.saved.Verdict.EXACT;
import static org.eigensweep.network.saved.Verdict.REFUSED;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.*;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.nd4j.linalg.activations.Activation;

/** Layers within others: frozen, repeated, the last step of a sequence. */
@SuppressWarnings({"deprecation", "rawtypes"}) // DL4J has deprecated layers and raw builders
final class WrappedCases {
  private WrappedCases() {}

  static Stream<SavedCase> all() {
    return Stream.of(wrapped()).flatMap(List::stream);
  }

  static List<SavedCase> wrapped() {
    return List.of(
        other("", new FrozenLayer(LayerCases.dense().build()), EXACT, ""),
        other("", new FrozenLayerWithBackprop(LayerCases.dense().build()), EXACT, ""),
        other(
            "with what a test leaves out",
            new FrozenLayer(
                LayerCases.dense().dropOut(0.5).weightNoise(new DropConnect(0.5)).l2(0.2).build()),
            EXACT,
            ""),
        other(
            "within one another",
            new FrozenLayer(new FrozenLayer(LayerCases.dense().build())),
            EXACT,
            ""),
        other(
            "without rule",
            new FrozenLayer(LayerCases.dense().activation(Activation.SWISH).build()),
            DIFFERENCES,
            "activation swish"),
        other(
            "batch normalisation",
            new FrozenLayer(new BatchNormalization.Builder().build()),
            REFUSED,
            "layer1 (FrozenLayer): a frozen BatchNormalization"),
        other("", new RepeatVector.Builder(2).build(), REFUSED, "makes outputs of [4, 3]"),
        new SavedCase(
            "last step",
            LastTimeStep.class,
            WrappedCases::lastStep,
            SavedCase.IMAGES,
            DIFFERENCES,
            SequenceCases.RESHAPED));
  }

  private static org.deeplearning4j.nn.api.Model lastStep() {
    return SavedCase.onLastStep(new LastTimeStep(new LSTM.Builder().nIn(2).nOut(3).build()));
  }
}
