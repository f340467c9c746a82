package org.eigensweep.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.dl4j.DotProductAttentionVertex;
import org.eigensweep.network.dl4j.LayerNormalizationLayer;
import org.nd4j.linalg.activations.IActivation;

/**
 * One vertex of a DL4J network as derivative rules. Each class has one reader, which takes that
 * class alone and no subclass, and accounts for all its options: see {@link Dl4jOptions}.
 *
 * <p>DL4J's preprocessors between vectors and images reshape in 'c' order, NCHW, which is how
 * images lie in our columns: they move nothing. Those between sequences and vectors make every
 * position a row, and here every position is a column.
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

  /** The classes that have a reader, without their options' values. */
  private static final Set<Class<?>> KNOWN =
      Set.of(
          DenseLayer.class,
          OutputLayer.class,
          LossLayer.class,
          ConvolutionLayer.class,
          SubsamplingLayer.class,
          BatchNormalization.class,
          ActivationLayer.class,
          EmbeddingSequenceLayer.class,
          LayerNormalizationLayer.class,
          GlobalPoolingLayer.class,
          ElementWiseVertex.class,
          PreprocessorVertex.class,
          DotProductAttentionVertex.class);

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

  /** Whether a class of layers or vertices has a derivative rule at all. */
  static boolean knows(Class<?> type) {
    return KNOWN.contains(type);
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
    if (vertex.getClass() == LayerVertex.class) {
      LayerVertex layer = (LayerVertex) vertex;
      Dl4jOptions.of(vertex)
          .reads("layerConf", "preProcessor")
          .ignores("outputVertex") // the configuration's outputs say it too
          .done();
      reshape(layer.getPreProcessor());
      add(layer.getLayerConf().getLayer());
    } else if (vertex.getClass() == PreprocessorVertex.class) {
      Dl4jOptions.of(vertex).reads("preProcessor").done();
      reshape(((PreprocessorVertex) vertex).getPreProcessor());
    } else if (vertex.getClass() == DotProductAttentionVertex.class) {
      addAttention((DotProductAttentionVertex) vertex);
    } else {
      throw noRule("it", "layers, additions or attention");
    }
  }

  private void addAttention(DotProductAttentionVertex attention) {
    Dl4jOptions.of(attention).reads("width", "heads", "length").done();
    rules.add(new Attention(attention.getWidth(), attention.getHeads(), attention.getLength()));
    sequence = new Sequence(attention.getWidth(), attention.getLength());
  }

  private void reshape(InputPreProcessor preprocessor) {
    Class<?> type = preprocessor == null ? null : preprocessor.getClass();
    if (type == FeedForwardToCnnPreProcessor.class) {
      image = images((FeedForwardToCnnPreProcessor) preprocessor);
    } else if (type == CnnToFeedForwardPreProcessor.class) {
      Dl4jOptions.of(preprocessor)
          .ignores("inputHeight", "inputWidth", "numChannels") // DL4J compares them with what comes
          .needs("format", CNN2DFormat.NCHW)
          .done();
      image = null;
    } else if (type == RnnToFeedForwardPreProcessor.class
        || type == FeedForwardToRnnPreProcessor.class) {
      Dl4jOptions.of(preprocessor).needs("rnnDataFormat", RNNFormat.NCW).done();
    } else if (type == org.eigensweep.network.dl4j.SinusoidalPositions.class && sequence != null) {
      Dl4jOptions.of(preprocessor).done();
      rules.add(new SinusoidalPositions(sequence.width(), sequence.length()));
    } else if (type != null) {
      throw noRule(
          "preprocessor " + type.getSimpleName(), "those between vectors and images or sequences");
    }
  }

  private static InputShape images(FeedForwardToCnnPreProcessor preprocessor) {
    Dl4jOptions.of(preprocessor)
        .reads("inputHeight", "inputWidth", "numChannels")
        .ignores("shape") // that of the last batch
        .done();
    return new InputShape(
        Math.toIntExact(preprocessor.getNumChannels()),
        Math.toIntExact(preprocessor.getInputHeight()),
        Math.toIntExact(preprocessor.getInputWidth()));
  }

  private void add(Layer layer) {
    Class<?> type = layer.getClass();
    if (type == DenseLayer.class) {
      addDense((DenseLayer) layer);
    } else if (type == OutputLayer.class) {
      addOutput((OutputLayer) layer);
    } else if (type == LossLayer.class) {
      addLoss((LossLayer) layer);
    } else if (type == ConvolutionLayer.class) {
      add(Dl4jImages.of((ConvolutionLayer) layer, image));
      addActivation(((ConvolutionLayer) layer).getActivationFn());
    } else if (type == SubsamplingLayer.class) {
      add(Dl4jImages.of((SubsamplingLayer) layer, image));
    } else if (type == BatchNormalization.class) {
      addBatchNormalization((BatchNormalization) layer);
    } else if (type == ActivationLayer.class) {
      Dl4jOptions.of(layer).ofLayer().reads("activationFn").done();
      addActivation(((ActivationLayer) layer).getActivationFn());
    } else if (type == EmbeddingSequenceLayer.class) {
      addEmbedding((EmbeddingSequenceLayer) layer);
    } else if (type == LayerNormalizationLayer.class) {
      addLayerNormalization((LayerNormalizationLayer) layer);
    } else if (type == GlobalPoolingLayer.class) {
      addGlobalPooling((GlobalPoolingLayer) layer);
    } else {
      throw noRule("it", "dense, convolution, subsampling, embedding or normalisation layers");
    }
  }

  private void addDense(DenseLayer layer) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .reads("nIn", "nOut", "hasBias", "activationFn")
        .needs("hasLayerNorm", false)
        .done();
    addWeights(layer, layer.hasBias());
    addActivation(layer.getActivationFn());
  }

  private void addOutput(OutputLayer layer) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .reads("nIn", "nOut", "hasBias", "activationFn", "lossFn")
        .done();
    addWeights(layer, layer.hasBias());
    addOutputActivation(layer);
  }

  /** Of what comes, each example's, without weights of its own. */
  private void addLoss(LossLayer layer) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .reads("activationFn", "lossFn")
        .ignores("nIn", "nOut") // as many as come
        .done();
    requireVectors();
    addOutputActivation(layer);
  }

  private void addOutputActivation(BaseLayer layer) {
    if (!Dl4jLoss.isSoftmax(layer.getActivationFn())) {
      addActivation(layer.getActivationFn());
    }
  }

  private void addWeights(FeedForwardLayer layer, boolean biased) {
    requireVectors();
    int outputs = Math.toIntExact(layer.getNOut());
    Bias bias = biased ? Bias.LEARNED : Bias.NONE;
    rules.add(new Dense(Math.toIntExact(layer.getNIn()), outputs, bias));
    sequence = sequence == null ? null : new Sequence(outputs, sequence.length());
  }

  private void requireVectors() {
    if (image != null) {
      throw noRule("an input of images", "setInputType, which flattens them");
    }
  }

  private void addEmbedding(EmbeddingSequenceLayer layer) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .reads("nIn", "nOut", "inputLength", "activationFn")
        .needs("hasBias", false)
        .needs("inferInputLength", false)
        .needs("outputFormat", RNNFormat.NCW)
        .done();
    int width = Math.toIntExact(layer.getNOut());
    rules.add(new Embedding(Math.toIntExact(layer.getNIn()), width));
    addActivation(layer.getActivationFn());
    sequence = new Sequence(width, layer.getInputLength());
  }

  private void addLayerNormalization(LayerNormalizationLayer layer) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .reads("nOut", "epsilon")
        .needs("nIn", layer.getNOut())
        .ignores("activationFn") // the layer applies none
        .done();
    rules.add(new LayerNormalization(Math.toIntExact(layer.getNOut()), layer.getEpsilon()));
  }

  /** DL4J's mean over positions leaves padding out only where it was given masks of its own. */
  private void addGlobalPooling(GlobalPoolingLayer layer) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .needs("poolingType", PoolingType.AVG)
        .needs("poolingDimensions", null)
        .needs("collapseDimensions", true)
        .ignores("pnorm")
        .done();
    if (sequence == null) {
      throw noRule("pooling of images", "positions of a text");
    }
    rules.add(new PositionMean(sequence.width(), sequence.length()));
    sequence = null;
  }

  private void addActivation(IActivation function) {
    Dl4jActivations.rule(function).map(Pointwise::new).ifPresent(rules::add);
  }

  private void addBatchNormalization(BatchNormalization layer) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .reads("nOut", "eps", "gamma", "beta", "lockGammaBeta")
        .needs("nIn", layer.getNOut())
        .needs("cnn2DFormat", CNN2DFormat.NCHW)
        .ignores("decay", "useLogStd", "isMinibatch") // of the running statistics
        .ignores("activationFn") // DL4J applies none
        .ignores("cudnnAllowFallback")
        .done();
    if (sequence != null) {
      throw noRule("an input of positions", "vectors or images");
    }
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

  private void add(Dl4jImages scanned) {
    rules.add(scanned.rule());
    image = scanned.image();
  }

  private static IllegalArgumentException noRule(String what, String expected) {
    return new IllegalArgumentException(
        "%s has no exact derivative rule, expected %s".formatted(what, expected));
  }
}
