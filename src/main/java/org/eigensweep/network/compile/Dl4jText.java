package org.eigensweep.network.compile;

import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.eigensweep.network.dl4j.Dl4jOptions;
import org.eigensweep.network.layer.Attention;
import org.eigensweep.network.layer.Embedding;
import org.eigensweep.network.layer.LayerNormalization;
import org.eigensweep.network.layer.PositionMean;
import org.eigensweep.network.vertex.DotProductAttentionVertex;
import org.eigensweep.network.vertex.LayerNormalizationLayer;

/** Reads layers over the positions of a text. */
final class Dl4jText {
  private Dl4jText() {}

  static Dl4jStep of(EmbeddingSequenceLayer layer, Dl4jLayout before) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .reads("nIn", "nOut", "inputLength", "activationFn")
        .needs("hasBias", false)
        .needs("inferInputLength", false)
        .needs("outputFormat", RNNFormat.NCW)
        .done();
    int width = Math.toIntExact(layer.getNOut());
    Dl4jLayout.Sequence sequence = new Dl4jLayout.Sequence(width, layer.getInputLength());
    return Dl4jStep.of(
            new Embedding(Math.toIntExact(layer.getNIn()), width), before.withSequence(sequence))
        .activated(layer.getActivationFn());
  }

  static Dl4jStep of(LayerNormalizationLayer layer, Dl4jLayout before) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .reads("nOut", "epsilon")
        .needs("nIn", layer.getNOut())
        .ignores("activationFn") // the layer applies none
        .done();
    return Dl4jStep.of(
        new LayerNormalization(Math.toIntExact(layer.getNOut()), layer.getEpsilon()), before);
  }

  /** DL4J's mean over positions leaves padding out only where it was given masks of its own. */
  static Dl4jStep of(GlobalPoolingLayer layer, Dl4jLayout before) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .needs("poolingType", PoolingType.AVG)
        .needs("poolingDimensions", null)
        .needs("collapseDimensions", true)
        .ignores("pnorm")
        .done();
    Dl4jLayout.Sequence sequence = before.sequence();
    if (sequence == null) {
      throw NoRule.of("pooling of images", "positions of a text");
    }
    return Dl4jStep.of(
        new PositionMean(sequence.width(), sequence.length()), before.withSequence(null));
  }

  static Dl4jStep of(DotProductAttentionVertex attention, Dl4jLayout before) {
    Dl4jOptions.of(attention).reads("width", "heads", "length").done();
    return Dl4jStep.of(
        new Attention(attention.getWidth(), attention.getHeads(), attention.getLength()),
        before.withSequence(new Dl4jLayout.Sequence(attention.getWidth(), attention.getLength())));
  }
}
