package org.eigensweep.network.generated;

import java.util.Locale;
import java.util.Set;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LearnedSelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RecurrentAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling1D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding1DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;

/** DL4J's layers over sequences. */
final class SequenceLayers {
  private static final Set<String> KINDS =
      Set.of(
          "lstm",
          "graveslstm",
          "gravesbi",
          "rnn",
          "conv1d",
          "pool1d",
          "pad1d",
          "crop1d",
          "up1d",
          "attention",
          "learnedattention",
          "recurrentattention",
          "tokens",
          "everystep");

  private SequenceLayers() {}

  static boolean has(String kind) {
    return KINDS.contains(kind);
  }

  /** The layer of a node; {@code wrap} is none, last, both (directions) or zeros (masked). */
  static Layer of(Node node) {
    Layer layer = plain(node);
    return switch (node.option("wrap", "none")) {
      case "none" -> layer;
      case "last" -> new LastTimeStep(layer);
      case "zeros" -> new MaskZeroLayer(layer, 0);
      case "both" ->
          new Bidirectional(
              Bidirectional.Mode.valueOf(node.option("mode", "add").toUpperCase(Locale.ROOT)),
              layer);
      default -> throw new IllegalArgumentException(node.option("wrap", "none"));
    };
  }

  private static Layer plain(Node node) {
    int out = node.number("out", 2);
    return switch (node.kind()) {
      case "lstm" -> Layers.regularized(node, new LSTM.Builder().nOut(out)).build();
      case "graveslstm" -> gravesLstm(node, out);
      case "gravesbi" -> gravesBidirectional(node, out);
      case "rnn" ->
          Layers.regularized(node, new SimpleRnn.Builder().nOut(out).hasLayerNorm(node.is("norm")))
              .build();
      case "conv1d" -> convolution(node, out);
      case "pool1d" ->
          new Subsampling1DLayer.Builder(PoolingType.valueOf(node.option("type", "MAX")))
              .kernelSize(node.number("kernel", 2))
              .stride(node.number("stride", 1))
              .build();
      case "pad1d" -> new ZeroPadding1DLayer.Builder(1, 1).build();
      case "crop1d" -> new Cropping1D.Builder(1, 0).build();
      case "up1d" -> new Upsampling1D.Builder(2).build();
      case "attention" ->
          new SelfAttentionLayer.Builder().nOut(out).nHeads(1).projectInput(true).build();
      case "learnedattention" ->
          new LearnedSelfAttentionLayer.Builder()
              .nOut(out)
              .nHeads(1)
              .nQueries(2)
              .projectInput(true)
              .build();
      case "recurrentattention" ->
          new RecurrentAttentionLayer.Builder().nOut(out).nHeads(1).projectInput(true).build();
      case "tokens" -> tokens(node, out);
      case "everystep" ->
          new TimeDistributed(Layers.regularized(node, new DenseLayer.Builder().nOut(out)).build());
      default -> throw new IllegalArgumentException(node.kind());
    };
  }

  @SuppressWarnings("deprecation") // an old network may have one
  private static Layer gravesLstm(Node node, int out) {
    return Layers.regularized(node, new GravesLSTM.Builder().nOut(out)).build();
  }

  @SuppressWarnings("deprecation") // an old network may have one
  private static Layer gravesBidirectional(Node node, int out) {
    return Layers.regularized(node, new GravesBidirectionalLSTM.Builder().nOut(out)).build();
  }

  private static Layer convolution(Node node, int out) {
    return Layers.regularized(
            node,
            new Convolution1DLayer.Builder()
                .nOut(out)
                .kernelSize(node.number("kernel", 2))
                .stride(node.number("stride", 1))
                .dilation(node.number("dilation", 1))
                .hasBias(!node.is("nobias"))
                .convolutionMode(ConvolutionMode.valueOf(node.option("mode", "Truncate"))))
        .build();
  }

  private static Layer tokens(Node node, int out) {
    EmbeddingSequenceLayer.Builder builder =
        new EmbeddingSequenceLayer.Builder().nOut(out).hasBias(node.is("bias"));
    if (node.is("infer")) {
      builder.inferInputLength(true);
    } else {
      builder.inferInputLength(false).inputLength(node.number("length", 3));
    }
    return Layers.regularized(node, builder).build();
  }
}
