package org.eigensweep.network.generated;

import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** DL4J's layers by the names that cases have for them. */
final class Layers {
  private final Case network;

  Layers(Case network) {
    this.network = network;
  }

  /** The layer of a node, with the options that all layers have. */
  Layer of(Node node) {
    Layer layer = plain(node);
    if (!node.option("drop", "none").equals("none")) {
      layer.setIDropout(Functions.dropout(node.option("drop", "none")));
    }
    if (layer instanceof BaseLayer base && !node.option("noise", "none").equals("none")) {
      base.setWeightNoise(Functions.weightNoise(node.option("noise", "none")));
    }
    return switch (node.option("frozen", "no")) {
      case "no" -> layer;
      case "yes" -> new FrozenLayer.Builder().layer(layer).build();
      default -> new FrozenLayerWithBackprop(layer);
    };
  }

  private Layer plain(Node node) {
    return switch (node.kind()) {
      case "dense" ->
          regularized(
                  node,
                  new DenseLayer.Builder()
                      .nOut(node.number("out", 2))
                      .hasBias(!node.is("nobias"))
                      .hasLayerNorm(node.is("norm")))
              .build();
      case "activation" ->
          new ActivationLayer.Builder().activation(Functions.activation(act(node))).build();
      case "batchnorm" -> batchNorm(node);
      case "dropout" ->
          new DropoutLayer.Builder(Functions.dropout(node.option("of", "dropout"))).build();
      case "prelu" -> prelu();
      case "autoencoder" ->
          regularized(node, new AutoEncoder.Builder().nOut(node.number("out", 2))).build();
      case "vae" -> vae(node);
      case "scale" -> elementwise(node);
      case "embedding" ->
          regularized(
                  node,
                  new EmbeddingLayer.Builder().nOut(node.number("out", 2)).hasBias(node.is("bias")))
              .build();
      case "repeat" -> new RepeatVector.Builder<>(node.number("n", 2)).build();
      case "mask" -> new MaskLayer();
      case "globalpool" -> globalPooling(node);
      case "lambda" -> new Squash();
      case "output", "centerloss", "loss", "cnnloss", "rnnoutput", "rnnloss" -> last(node);
      default -> SequenceLayers.has(node.kind()) ? SequenceLayers.of(node) : ImageLayers.of(node);
    };
  }

  private static String act(Node node) {
    return node.option("act", "tanh");
  }

  /** Activation and regularisation, which all layers with weights have. */
  static <T extends BaseLayer.Builder<T>> T regularized(Node node, T builder) {
    builder.activation(Functions.activation(act(node)));
    if (node.options().containsKey("l2")) {
      builder.l2(node.real("l2", 0));
    }
    if (node.options().containsKey("l2bias")) {
      builder.l2Bias(node.real("l2bias", 0));
    }
    if (node.options().containsKey("l1")) {
      builder.l1(node.real("l1", 0));
    }
    if (node.options().containsKey("decay")) {
      builder.weightDecay(node.real("decay", 0));
    }
    return builder;
  }

  private static Layer batchNorm(Node node) {
    return new BatchNormalization.Builder()
        .eps(node.real("eps", 0.1))
        .lockGammaBeta(node.is("lock"))
        .gamma(node.real("gamma", 1))
        .beta(node.real("beta", 0))
        .useLogStd(node.is("logstd"))
        .minibatch(!node.is("nominibatch"))
        .build();
  }

  private Layer prelu() {
    PReLULayer.Builder builder = new PReLULayer.Builder();
    return builder.inputShape(network.input().sizes()[0]).build();
  }

  private static Layer vae(Node node) {
    return regularized(
            node,
            new VariationalAutoencoder.Builder()
                .encoderLayerSizes(2)
                .decoderLayerSizes(2)
                .nOut(node.number("out", 2)))
        .build();
  }

  private static Layer elementwise(Node node) {
    return regularized(
            node, new ElementWiseMultiplicationLayer.Builder().nOut(node.number("out", 2)))
        .build();
  }

  private static Layer globalPooling(Node node) {
    return new GlobalPoolingLayer.Builder(PoolingType.valueOf(node.option("type", "AVG")))
        .pnorm(node.number("p", 2))
        .collapseDimensions(!node.is("keep"))
        .build();
  }

  private Layer last(Node node) {
    int outputs = node.number("out", network.classes());
    ILossFunction loss = Functions.loss(node, outputs);
    BaseOutputLayer.Builder<?> builder =
        switch (node.kind()) {
          case "output" -> new OutputLayer.Builder(loss).nOut(outputs);
          case "rnnoutput" -> new RnnOutputLayer.Builder(loss).nOut(outputs);
          case "centerloss" ->
              new CenterLossOutputLayer.Builder(loss)
                  .alpha(node.real("alpha", 0.05))
                  .lambda(node.real("lambda", 0.5))
                  .gradientCheck(node.is("check"))
                  .nOut(outputs);
          case "loss" -> new LossLayer.Builder(loss);
          case "cnnloss" -> new CnnLossLayer.Builder(loss);
          case "rnnloss" -> new RnnLossLayer.Builder(loss);
          default -> throw new IllegalArgumentException(node.kind());
        };
    if (node.is("nobias")) {
      builder.hasBias(false);
    }
    return finished(node, builder);
  }

  private static <T extends BaseOutputLayer.Builder<T>> Layer finished(
      Node node, BaseOutputLayer.Builder<T> builder) {
    builder.activation(Functions.activation(node.option("act", "identity")));
    if (node.options().containsKey("l2")) {
      builder.l2(node.real("l2", 0));
    }
    return builder.build();
  }
}
