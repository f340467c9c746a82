package org.eigensweep.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.eigensweep.array.Window;
import org.eigensweep.data.InputShape;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/**
 * DL4J configurations as derivative rules. Both of DL4J's preprocessors between vectors and images
 * reshape in 'c' order, NCHW, which is how images lie in our columns: they move nothing.
 */
final class Dl4jCompiler {
  private final List<org.eigensweep.network.Layer> rules = new ArrayList<>();

  /** The images that the next layer takes; null where it takes plain vectors. */
  private InputShape image;

  private Dl4jCompiler() {}

  /**
   * The derivative rules of a configuration.
   *
   * @throws IllegalArgumentException naming the first layer, activation or setting without a rule
   */
  static Chain compile(MultiLayerConfiguration configuration) {
    Dl4jCompiler compiler = new Dl4jCompiler();
    for (int i = 0; i < configuration.getConfs().size(); i++) {
      compiler.reshape(configuration.getInputPreProcess(i));
      compiler.add(configuration.getConf(i).getLayer());
    }
    return new Chain(compiler.rules);
  }

  private void reshape(InputPreProcessor preprocessor) {
    if (preprocessor instanceof FeedForwardToCnnPreProcessor toImages) {
      image =
          new InputShape(
              Math.toIntExact(toImages.getNumChannels()),
              Math.toIntExact(toImages.getInputHeight()),
              Math.toIntExact(toImages.getInputWidth()));
    } else if (preprocessor instanceof CnnToFeedForwardPreProcessor toVectors) {
      requireNchw(toVectors.getFormat(), "CnnToFeedForwardPreProcessor");
      image = null;
    } else if (preprocessor != null) {
      throw noRule("preprocessor", preprocessor, "those between vectors and images");
    }
  }

  private void add(Layer layer) {
    // DL4J's other convolutions are subclasses of this one, and other operations.
    if (layer.getClass() == ConvolutionLayer.class) {
      addConvolution((ConvolutionLayer) layer);
    } else if (layer.getClass() == SubsamplingLayer.class) {
      addPooling((SubsamplingLayer) layer);
    } else if (layer instanceof DenseLayer || layer instanceof BaseOutputLayer) {
      addDense((FeedForwardLayer) layer);
    } else {
      throw noRule("layer", layer, "dense, convolution or subsampling layers");
    }
  }

  private void addDense(FeedForwardLayer layer) {
    if (image != null) {
      throw noRule("a dense layer over images in", layer, "setInputType, which flattens them");
    }
    rules.add(new Dense(Math.toIntExact(layer.getNIn()), Math.toIntExact(layer.getNOut())));
    if (!(layer instanceof BaseOutputLayer
        && layer.getActivationFn() instanceof ActivationSoftmax)) {
      addActivation(layer);
    }
  }

  private void addActivation(BaseLayer layer) {
    Dl4jActivations.rule(layer.getActivationFn()).map(Pointwise::new).ifPresent(rules::add);
  }

  private void addConvolution(ConvolutionLayer layer) {
    requireNchw(layer.getCnn2dDataFormat(), "ConvolutionLayer");
    if (!layer.hasBias()) {
      throw noRule("a convolution without biases in", layer, "hasBias = true");
    }
    Window window =
        new Dl4jWindow(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                layer.getDilation(),
                layer.getConvolutionMode())
            .over(images(layer));
    int planes = Math.toIntExact(layer.getNOut());
    rules.add(new Convolution(window, planes));
    addActivation(layer);
    image = new InputShape(planes, window.positionsDown(), window.positionsAcross());
  }

  private void addPooling(SubsamplingLayer layer) {
    requireNchw(layer.getCnn2dDataFormat(), "SubsamplingLayer");
    InputShape images = images(layer);
    Dl4jWindow scan =
        new Dl4jWindow(
            layer.getKernelSize(),
            layer.getStride(),
            layer.getPadding(),
            layer.getDilation(),
            layer.getConvolutionMode());
    Window window;
    if (layer.getPoolingType() == PoolingType.MAX) {
      window = scan.over(images);
      rules.add(new MaxPooling(window));
    } else if (layer.getPoolingType() == PoolingType.AVG) {
      window = scan.over(new InputShape(1, images.height(), images.width()));
      requireInside(window, layer);
      rules.add(new AveragePooling(window, images.channels()));
    } else {
      throw noRule("pooling type", layer.getPoolingType(), "MAX or AVG");
    }
    image = new InputShape(images.channels(), window.positionsDown(), window.positionsAcross());
  }

  /** Outside the image it is a setting of DL4J's whether the mean counts what is not there. */
  private static void requireInside(Window window, SubsamplingLayer layer) {
    int bottom = (window.positionsDown() - 1) * window.rowStep() + window.rows();
    int right = (window.positionsAcross() - 1) * window.columnStep() + window.columns();
    if (window.top() > 0
        || window.left() > 0
        || bottom > window.height()
        || right > window.width()) {
      throw noRule("average pooling with padding in", layer, "windows inside the image");
    }
  }

  private InputShape images(Layer layer) {
    if (image == null) {
      throw noRule(
          "an input without height and width in",
          layer,
          "setInputType(InputType.convolutionalFlat(...))");
    }
    return image;
  }

  private static void requireNchw(CNN2DFormat format, String where) {
    if (format != CNN2DFormat.NCHW) {
      throw noRule("format %s in".formatted(format), where, "NCHW");
    }
  }

  private static IllegalArgumentException noRule(String what, Object found, String expected) {
    String name =
        found instanceof Layer || found instanceof InputPreProcessor
            ? found.getClass().getSimpleName()
            : found.toString();
    return new IllegalArgumentException(
        "%s %s has no exact derivative rule, expected %s".formatted(what, name, expected));
  }
}
