package org.eigensweep.network.generated;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.nd4j.linalg.activations.Activation;

/** DL4J's layers over images. */
final class ImageLayers {
  private ImageLayers() {}

  static Layer of(Node node) {
    int out = node.number("out", 2);
    return switch (node.kind()) {
      case "conv" -> window(node, new ConvolutionLayer.Builder().nOut(out)).build();
      case "deconv" -> window(node, new Deconvolution2D.Builder().nOut(out)).build();
      case "separable" ->
          window(node, new SeparableConvolution2D.Builder().depthMultiplier(1).nOut(out)).build();
      case "depthwise" ->
          window(node, new DepthwiseConvolution2D.Builder().depthMultiplier(2)).build();
      case "pool" -> pooling(node);
      case "local" ->
          new LocallyConnected2D.Builder()
              .nOut(out)
              .kernelSize(node.pair("kernel", 2))
              .activation(Activation.TANH)
              .build();
      case "lrn" -> new LocalResponseNormalization.Builder().build();
      case "pad" -> new ZeroPaddingLayer.Builder(1, 0, 1, 2).build();
      case "crop" -> new Cropping2D.Builder(1, 0, 0, 1).build();
      case "up" -> new Upsampling2D.Builder(2).build();
      case "depth" -> new SpaceToDepthLayer.Builder<>(2).build();
      case "batch" -> new SpaceToBatchLayer.Builder<>(new int[] {2, 2}).build();
      default -> throw new IllegalArgumentException(node.kind());
    };
  }

  private static <T extends ConvolutionLayer.BaseConvBuilder<T>> T window(Node node, T builder) {
    Layers.regularized(node, builder);
    builder.kernelSize(node.pair("kernel", 2)).stride(node.pair("stride", 1));
    builder.padding(node.pair("padding", 0)).dilation(node.pair("dilation", 1));
    builder.hasBias(!node.is("nobias"));
    return builder.convolutionMode(ConvolutionMode.valueOf(node.option("mode", "Truncate")));
  }

  private static Layer pooling(Node node) {
    return new SubsamplingLayer.Builder(PoolingType.valueOf(node.option("type", "MAX")))
        .kernelSize(node.pair("kernel", 2))
        .stride(node.pair("stride", 1))
        .padding(node.pair("padding", 0))
        .dilation(node.pair("dilation", 1))
        .pnorm(node.number("p", 2))
        .avgPoolIncludePadInDivisor(node.is("countpad"))
        .convolutionMode(ConvolutionMode.valueOf(node.option("mode", "Truncate")))
        .build();
  }
}
