package org.eigensweep.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.eigensweep.array.Window;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.dl4j.DotProductAttentionVertex;
import org.eigensweep.network.dl4j.LayerNormalizationLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/**
 * One vertex of a DL4J network as derivative rules. DL4J's preprocessors between vectors and images
 * reshape in 'c' order, NCHW, which is how images lie in our columns: they move nothing. Those
 * between sequences and vectors make every position a row, and here every position is a column.
 */
final class Dl4jRules {
  /**
   * How what leaves a vertex is laid out: planes, positions, or neither.
   *
   * @param image planes of an image; null where there are none
   * @param sequence positions of a text; null where there are none
   */
  record Layout(InputShape image, Sequence sequence) {
    static final Layout VECTOR = new Layout(null, null);
  }

  /**
   * Positions, each of some features.
   *
   * @param width features of a position
   * @param length number of positions
   */
  record Sequence(int width, int length) {}

  private final List<org.eigensweep.network.Layer> rules = new ArrayList<>();

  /** The images that the next layer takes; null where it takes something else. */
  private InputShape image;

  /** The positions that the next layer takes; null where it takes something else. */
  private Sequence sequence;

  /**
   * Starts at what enters a vertex.
   *
   * @param layout how it is laid out
   */
  Dl4jRules(Layout layout) {
    this.image = layout.image();
    this.sequence = layout.sequence();
  }

  /** How what leaves is laid out. */
  Layout layout() {
    return new Layout(image, sequence);
  }

  /** The rules so far. */
  List<org.eigensweep.network.Layer> rules() {
    return rules;
  }

  /**
   * Takes in a layer, or a vertex without parameters and with one input.
   *
   * @throws IllegalArgumentException naming the layer, activation or setting without a rule
   */
  void add(GraphVertex vertex) {
    if (vertex instanceof LayerVertex layer) {
      reshape(layer.getPreProcessor());
      add(layer.getLayerConf().getLayer());
    } else if (vertex instanceof PreprocessorVertex preprocessor) {
      reshape(preprocessor.getPreProcessor());
    } else if (vertex instanceof DotProductAttentionVertex attention) {
      rules.add(new Attention(attention.getWidth(), attention.getHeads(), attention.getLength()));
      sequence = new Sequence(attention.getWidth(), attention.getLength());
    } else {
      throw noRule("vertex", vertex, "layers, additions or attention");
    }
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
    } else if (preprocessor instanceof org.eigensweep.network.dl4j.SinusoidalPositions
        && sequence != null) {
      rules.add(new SinusoidalPositions(sequence.width(), sequence.length()));
    } else if (preprocessor != null
        && !(preprocessor instanceof RnnToFeedForwardPreProcessor)
        && !(preprocessor instanceof FeedForwardToRnnPreProcessor)) {
      throw noRule("preprocessor", preprocessor, "those between vectors and images or sequences");
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
    } else if (layer instanceof BatchNormalization normalization) {
      addBatchNormalization(normalization);
    } else if (layer instanceof ActivationLayer activation) {
      addActivation(activation.getActivationFn());
    } else if (layer instanceof EmbeddingSequenceLayer embedding) {
      addEmbedding(embedding);
    } else if (layer instanceof LayerNormalizationLayer normalization) {
      rules.add(
          new LayerNormalization(
              Math.toIntExact(normalization.getNOut()), normalization.getEpsilon()));
    } else if (layer instanceof GlobalPoolingLayer pooling) {
      addGlobalPooling(pooling);
    } else {
      throw noRule(
          "layer", layer, "dense, convolution, subsampling, embedding or normalisation layers");
    }
  }

  private void addDense(FeedForwardLayer layer) {
    if (image != null) {
      throw noRule("a dense layer over images in", layer, "setInputType, which flattens them");
    }
    int outputs = Math.toIntExact(layer.getNOut());
    rules.add(new Dense(Math.toIntExact(layer.getNIn()), outputs));
    sequence = sequence == null ? null : new Sequence(outputs, sequence.length());
    if (!(layer instanceof BaseOutputLayer
        && layer.getActivationFn() instanceof ActivationSoftmax)) {
      addActivation(layer.getActivationFn());
    }
  }

  private void addEmbedding(EmbeddingSequenceLayer layer) {
    if (layer.hasBias() || layer.isInferInputLength()) {
      throw noRule("biases or an inferred length in", layer, "inputLength(T) and no biases");
    }
    int width = Math.toIntExact(layer.getNOut());
    rules.add(new Embedding(Math.toIntExact(layer.getNIn()), width));
    addActivation(layer.getActivationFn());
    sequence = new Sequence(width, layer.getInputLength());
  }

  /** DL4J's mean over positions leaves padding out only where it was given masks of its own. */
  private void addGlobalPooling(GlobalPoolingLayer layer) {
    if (sequence == null || layer.getPoolingType() != PoolingType.AVG) {
      throw noRule("pooling of something else than a mean over positions in", layer, "AVG");
    }
    rules.add(new PositionMean(sequence.width(), sequence.length()));
    sequence = null;
  }

  private void addActivation(IActivation function) {
    Dl4jActivations.rule(function).map(Pointwise::new).ifPresent(rules::add);
  }

  /** DL4J ignores the activation of a batch normalisation. */
  private void addBatchNormalization(BatchNormalization layer) {
    requireNchw(layer.getCnn2DFormat(), "BatchNormalization");
    int positions = image == null ? 1 : image.height() * image.width();
    Channels channels = new Channels(Math.toIntExact(layer.getNOut()), positions);
    rules.add(new BatchNorm(channels, layer.getEps(), affine(layer)));
  }

  /** DL4J's forward pass leaves out locked numbers unless both γ ≠ 1 and β ≠ 0. */
  private static Affine affine(BatchNormalization layer) {
    if (!layer.isLockGammaBeta()) {
      return new Affine.Learned();
    }
    boolean applied = layer.getGamma() != 1 && layer.getBeta() != 0;
    return applied ? new Affine.Fixed(layer.getGamma(), layer.getBeta()) : new Affine.Fixed(1, 0);
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
    addActivation(layer.getActivationFn());
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

  static IllegalArgumentException noRule(String what, Object found, String expected) {
    String name =
        found instanceof Layer || found instanceof InputPreProcessor || found instanceof GraphVertex
            ? found.getClass().getSimpleName()
            : found.toString();
    return new IllegalArgumentException(
        "%s %s has no exact derivative rule, expected %s".formatted(what, name, expected));
  }
}
