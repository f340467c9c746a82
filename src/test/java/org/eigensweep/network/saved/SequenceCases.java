package org.eigensweep.network.saved;

import static org.eigensweep.network.saved.SavedCase.sequence;
import static org.eigensweep.network.saved.Verdict.DIFFERENCES;
import static org.eigensweep.network.saved.Verdict.REFUSED;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.*;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.nd4j.linalg.activations.Activation;

/** Layers over sequences. */
@SuppressWarnings({"deprecation", "rawtypes"}) // DL4J has deprecated layers and raw builders
final class SequenceCases {
  /** Sequences are made by a vertex that has no rule itself, and is named first. */
  static final String RESHAPED = "reshaped (ReshapeVertex): it has no exact";

  private SequenceCases() {}

  static Stream<SavedCase> all() {
    return Stream.of(sequences(), stepsFirst()).flatMap(List::stream);
  }

  static List<SavedCase> sequences() {
    return List.of(
        sequence("", new LSTM.Builder().nOut(3).build(), DIFFERENCES, RESHAPED),
        sequence(
            "",
            new GravesLSTM.Builder().nOut(3).activation(Activation.TANH).build(),
            DIFFERENCES,
            RESHAPED),
        sequence(
            "",
            new GravesBidirectionalLSTM.Builder().nOut(3).activation(Activation.TANH).build(),
            DIFFERENCES,
            RESHAPED),
        sequence(
            "",
            new SimpleRnn.Builder().nOut(3).activation(Activation.TANH).build(),
            DIFFERENCES,
            RESHAPED),
        sequence("", new Bidirectional(new LSTM.Builder().nOut(3).build()), DIFFERENCES, RESHAPED),
        sequence(
            "dropout within",
            new Bidirectional(new LSTM.Builder().nOut(3).dropOut(0.5).build()),
            REFUSED,
            "subject (Bidirectional): dropout (LSTM.iDropout"),
        sequence(
            "",
            new MaskZeroLayer(new LSTM.Builder().nIn(2).nOut(3).build(), 0),
            DIFFERENCES,
            RESHAPED),
        sequence("", new TimeDistributed(LayerCases.dense().nIn(2).build()), DIFFERENCES, RESHAPED),
        sequence(
            "",
            new Convolution1DLayer.Builder(2).nOut(3).activation(Activation.TANH).build(),
            DIFFERENCES,
            RESHAPED),
        sequence(
            "",
            new Subsampling1DLayer.Builder(PoolingType.AVG, 2).stride(2).build(),
            DIFFERENCES,
            RESHAPED),
        sequence("", new Upsampling1D.Builder(2).build(), DIFFERENCES, RESHAPED),
        sequence("", new ZeroPadding1DLayer.Builder(1).build(), DIFFERENCES, RESHAPED),
        sequence("", new Cropping1D.Builder(1).build(), DIFFERENCES, RESHAPED),
        sequence(
            "",
            new SelfAttentionLayer.Builder().nHeads(1).nOut(3).projectInput(true).build(),
            REFUSED,
            "subject (SelfAttentionLayer): DL4J's gradient"),
        sequence(
            "",
            new LearnedSelfAttentionLayer.Builder()
                .nHeads(1)
                .nOut(3)
                .nQueries(2)
                .projectInput(true)
                .build(),
            REFUSED,
            "DL4J says"),
        sequence(
            "",
            new RecurrentAttentionLayer.Builder().nHeads(1).nOut(3).projectInput(true).build(),
            REFUSED,
            "subject (RecurrentAttentionLayer): DL4J's gradient"),
        new SavedCase(
            "without sequences",
            LSTM.class,
            SavedCase::recurrent,
            SavedCase.IMAGES,
            REFUSED,
            "layer0 (LastTimeStep) takes sequences of 3 values a step"));
  }

  /** Steps first: DL4J's own network is the oracle here as elsewhere. */
  static List<SavedCase> stepsFirst() {
    return List.of(
        stepsFirst(lstm().build(), 3),
        stepsFirst(
            new SimpleRnn.Builder()
                .nIn(2)
                .nOut(3)
                .activation(Activation.TANH)
                .dataFormat(RNNFormat.NWC)
                .build(),
            3),
        new SavedCase(
            "steps first",
            Convolution1DLayer.class,
            () ->
                SavedCase.onStepsFirst(
                    new Convolution1DLayer.Builder(2)
                        .nIn(2)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .rnnDataFormat(RNNFormat.NWC)
                        .build(),
                    3),
            SavedCase.IMAGES,
            REFUSED,
            "subject (Convolution1DLayer): DL4J has no loss or no gradient"),
        stepsFirst(new Bidirectional(lstm().build()), 6),
        stepsFirst(new TimeDistributed(LayerCases.dense().nIn(2).build(), RNNFormat.NWC), 4),
        new SavedCase(
            "steps first",
            LastTimeStep.class,
            () -> SavedCase.onLastStepFirst(new LastTimeStep(lstm().build())),
            SavedCase.IMAGES,
            DIFFERENCES,
            RESHAPED),
        new SavedCase(
            "steps first",
            EmbeddingSequenceLayer.class,
            () ->
                SavedCase.onText(
                    RNNFormat.NWC,
                    new GlobalPoolingLayer.Builder(PoolingType.AVG).poolingDimensions(1).build(),
                    3),
            SavedCase.TEXT,
            DIFFERENCES,
            "layer0 (EmbeddingSequenceLayer): outputFormat = NWC"),
        // without dimensions DL4J takes the mean over the last, which are features here
        new SavedCase(
            "steps first, mean of features",
            EmbeddingSequenceLayer.class,
            () -> SavedCase.onText(RNNFormat.NWC, new GlobalPoolingLayer(PoolingType.AVG), 4),
            SavedCase.TEXT,
            DIFFERENCES,
            "layer0 (EmbeddingSequenceLayer): outputFormat = NWC"));
  }

  private static LSTM.Builder lstm() {
    return new LSTM.Builder().nIn(2).nOut(3).dataFormat(RNNFormat.NWC);
  }

  private static SavedCase stepsFirst(Layer layer, int outputs) {
    return new SavedCase(
        "steps first",
        layer.getClass(),
        () -> SavedCase.onStepsFirst(layer, outputs),
        SavedCase.IMAGES,
        DIFFERENCES,
        RESHAPED);
  }
}
