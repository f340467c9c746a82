package org.eigensweep.network.compile;

import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.eigensweep.network.dl4j.Dl4jOptions;
import org.eigensweep.network.layer.Bias;
import org.eigensweep.network.layer.Dense;

/** Reads dense layers, output layers and activations. */
final class Dl4jVectors {
  private Dl4jVectors() {}

  static Dl4jStep of(DenseLayer layer, Dl4jLayout before) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .reads("nIn", "nOut", "hasBias", "activationFn")
        .needs("hasLayerNorm", false)
        .done();
    return weights(layer, layer.hasBias(), before).activated(layer.getActivationFn());
  }

  static Dl4jStep of(OutputLayer layer, Dl4jLayout before) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .reads("nIn", "nOut", "hasBias", "activationFn", "lossFn")
        .done();
    return beforeLoss(layer, weights(layer, layer.hasBias(), before));
  }

  /** A layer without weights: the loss of each example at the layer's input. */
  static Dl4jStep of(LossLayer layer, Dl4jLayout before) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .reads("activationFn", "lossFn")
        .ignores("nIn", "nOut") // the sizes of its input
        .done();
    before.requireVectors();
    return beforeLoss(layer, Dl4jStep.none(before));
  }

  static Dl4jStep of(ActivationLayer layer, Dl4jLayout before) {
    Dl4jOptions.of(layer).ofLayer().reads("activationFn").done();
    return Dl4jStep.none(before).activated(layer.getActivationFn());
  }

  /** The loss includes the softmax. */
  private static Dl4jStep beforeLoss(BaseLayer layer, Dl4jStep step) {
    return Dl4jLoss.isSoftmax(layer.getActivationFn())
        ? step
        : step.activated(layer.getActivationFn());
  }

  private static Dl4jStep weights(FeedForwardLayer layer, boolean biased, Dl4jLayout before) {
    before.requireVectors();
    int outputs = Math.toIntExact(layer.getNOut());
    Bias bias = biased ? Bias.LEARNED : Bias.NONE;
    Dl4jLayout.Sequence sequence = before.sequence();
    return Dl4jStep.of(
        new Dense(Math.toIntExact(layer.getNIn()), outputs, bias),
        sequence == null
            ? before
            : before.withSequence(new Dl4jLayout.Sequence(outputs, sequence.length())));
  }
}
