package org.eigensweep.network.compile;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.eigensweep.array.Window;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.dl4j.Dl4jOptions;
import org.eigensweep.network.layer.AveragePooling;
import org.eigensweep.network.layer.Convolution;
import org.eigensweep.network.layer.Layer;
import org.eigensweep.network.layer.MaxPooling;

/** Reads layers that scan images. */
final class Dl4jImages {
  private Dl4jImages() {}

  /**
   * A convolution over images.
   *
   * @param before how what enters is laid out
   * @throws IllegalArgumentException naming an option without a rule
   */
  static Dl4jStep of(ConvolutionLayer layer, Dl4jLayout before) {
    InputShape images = before.image();
    scanned(layer, images)
        .ofLayer()
        .reads("nOut", "activationFn", "convolutionMode", "dilation")
        .reads("kernelSize", "stride", "padding")
        .needs("nIn", (long) images.channels())
        .needs("hasBias", true)
        .ignores("defaultValueOverriden") // that the format was set, and not which
        .ignores("cudnnAllowFallback", "cudnnAlgoMode") // how a GPU computes the same
        .ignores("cudnnFwdAlgo", "cudnnBwdFilterAlgo", "cudnnBwdDataAlgo")
        .done();
    Window window =
        new Dl4jWindow(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode())
            .over(images);
    int planes = Math.toIntExact(layer.getNOut());
    return Dl4jStep.of(new Convolution(window, planes), before.withImage(over(window, planes)))
        .activated(layer.getActivationFn());
  }

  /**
   * Pooling over images.
   *
   * @param before how what enters is laid out
   * @throws IllegalArgumentException naming an option without a rule
   */
  static Dl4jStep of(SubsamplingLayer layer, Dl4jLayout before) {
    InputShape images = before.image();
    scanned(layer, images)
        .ofLayer()
        .reads("poolingType", "convolutionMode", "kernelSize", "stride", "padding", "dilation")
        .ignores("pnorm", "eps") // of the p-norm's pooling alone
        .ignores("avgPoolIncludePadInDivisor") // no window of a mean leaves the image
        .ignores("defaultValueOverridden", "cudnnAllowFallback")
        .done();
    Dl4jWindow scan =
        new Dl4jWindow(
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getDilation(),
            layer.getConvolutionMode());
    if (layer.getPoolingType() == PoolingType.MAX) {
      Window window = scan.over(images);
      return Dl4jStep.of(new MaxPooling(window), before.withImage(over(window, images.channels())));
    }
    if (layer.getPoolingType() == PoolingType.AVG) {
      Window window = scan.over(images);
      requireInside(window);
      Layer rule = new AveragePooling(window);
      return Dl4jStep.of(rule, before.withImage(over(window, images.channels())));
    }
    throw NoRule.of("poolingType = " + layer.getPoolingType(), "MAX or AVG");
  }

  private static Dl4jOptions scanned(
      org.deeplearning4j.nn.conf.layers.Layer layer, InputShape images) {
    Dl4jOptions options = Dl4jOptions.of(layer).needs("cnn2dDataFormat", CNN2DFormat.NCHW);
    if (images == null) {
      throw NoRule.of(
          "an input without height and width", "setInputType(InputType.convolutionalFlat(...))");
    }
    return options;
  }

  private static InputShape over(Window window, int planes) {
    return new InputShape(planes, window.positionsDown(), window.positionsAcross());
  }

  /** A setting of DL4J decides whether a mean counts the padding, so no window may reach it. */
  private static void requireInside(Window window) {
    int bottom = (window.positionsDown() - 1) * window.rowStep() + window.rows();
    int right = (window.positionsAcross() - 1) * window.columnStep() + window.columns();
    if (window.top() > 0
        || window.left() > 0
        || bottom > window.height()
        || right > window.width()) {
      throw NoRule.of("average pooling with padding", "windows inside the image");
    }
  }
}
