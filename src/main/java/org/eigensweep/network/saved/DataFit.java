package org.eigensweep.network.saved;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.difference.Culprit;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.eigensweep.network.dl4j.Dl4jModel;
import org.eigensweep.network.dl4j.Dl4jOptions;
import org.eigensweep.network.dl4j.Dl4jParts;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Whether a data set has the examples that a network takes, and as many classes as it has outputs.
 */
final class DataFit {
  private static final String EXPECTED = "expected data of the network's own kind";

  private final Dl4jModel model;
  private final Architecture architecture;
  private final Dataset data;

  private DataFit(Dl4jModel model, Dataset data) {
    this.model = model;
    this.architecture = model.architecture();
    this.data = data;
  }

  /**
   * Compares what the first layer and the last one say, and lets DL4J pass a few examples.
   *
   * @throws IllegalArgumentException saying what the network takes and what the data have
   */
  static void require(Dl4jModel model, Dataset data) {
    DataFit fit = new DataFit(model, data);
    fit.requireInputs();
    fit.requireChannelsFirst();
    fit.requireOutputs();
    fit.requireNoMasks();
    fit.requirePass(2);
    // An UnstackVertex halves two examples into one each, and DL4J adds one to any number of
    // others.
    fit.requirePass(5);
  }

  private void requireInputs() {
    Architecture.Vertex first = architecture.vertices().get(0);
    InputPreProcessor before = first.vertex() instanceof LayerVertex v ? v.getPreProcessor() : null;
    if (before instanceof FeedForwardToCnnPreProcessor images) {
      requireImages(images);
    } else if (first.layer() != null && before == null) {
      requireInputs(first, first.layer().getLayer());
    }
  }

  private void requireImages(FeedForwardToCnnPreProcessor images) {
    String wanted =
        "%d x %d x %d"
            .formatted(images.getNumChannels(), images.getInputHeight(), images.getInputWidth());
    boolean flat = data.shape().equals(InputShape.vector(data.features()));
    long values = images.getNumChannels() * images.getInputHeight() * images.getInputWidth();
    if (flat ? values != data.features() : !wanted.equals(shape())) {
      throw new IllegalArgumentException(
          "the network takes images of %s (channels x height x width), the data have %s: %s"
              .formatted(wanted, shape(), EXPECTED));
    }
  }

  private void requireInputs(Architecture.Vertex vertex, Layer layer) {
    if (layer instanceof BaseWrapperLayer wrapper) {
      requireInputs(vertex, wrapper.getUnderlying());
    } else if (layer instanceof Bidirectional both) {
      requireInputs(vertex, both.getFwd());
    } else if (layer instanceof EmbeddingSequenceLayer embedding) {
      requireTokens(embedding);
    } else if (layer instanceof BaseRecurrentLayer || layer instanceof Convolution1DLayer) {
      throw new IllegalArgumentException(
          "%s takes sequences of %d values a step, the data have %s without steps: %s"
              .formatted(vertex.label(), ((FeedForwardLayer) layer).getNIn(), shape(), EXPECTED));
    } else if (layer instanceof Convolution3D volumes) {
      throw new IllegalArgumentException(
          "%s takes volumes of %d channels, the data have images of %s: %s"
              .formatted(vertex.label(), volumes.getNIn(), shape(), EXPECTED));
    } else if (layer instanceof ConvolutionLayer images
        && images.getNIn() != data.shape().channels()) {
      throw new IllegalArgumentException(
          "the network takes images of %d channels, the data have %s (channels x height x width): %s"
              .formatted(images.getNIn(), shape(), EXPECTED));
    } else if (layer instanceof DenseLayer dense && dense.getNIn() != data.features()) {
      throw new IllegalArgumentException(
          "the network takes %d inputs, the data have %d: %s"
              .formatted(dense.getNIn(), data.features(), EXPECTED));
    }
  }

  /**
   * The data have channels first. A network for channels last may take them without a word where
   * the numbers are as many. Flattened images of one channel are the same in both.
   */
  private void requireChannelsFirst() {
    for (Architecture.Vertex vertex : architecture.vertices()) {
      Dl4jParts.of(vertex.vertex()).forEach(part -> requireChannelsFirst(vertex, part.value()));
    }
  }

  private void requireChannelsFirst(Architecture.Vertex vertex, Object part) {
    boolean flattens = part.getClass() == CnnToFeedForwardPreProcessor.class;
    boolean last = Dl4jOptions.fields(part).containsValue(CNN2DFormat.NHWC);
    if (last && !(flattens && data.shape().channels() == 1)) {
      throw new IllegalArgumentException(
          "%s takes images with channels last (%s.%s), the data have %s, channels first: expected a network for those, save it with NCHW"
              .formatted(
                  vertex.label(), part.getClass().getSimpleName(), CNN2DFormat.NHWC, shape()));
    }
  }

  /** A MaskLayer does nothing without a mask, so DL4J itself would accept the data. */
  private void requireNoMasks() {
    for (Architecture.Vertex vertex : architecture.vertices()) {
      for (Dl4jParts.Part part : Dl4jParts.of(vertex.vertex())) {
        if (part.value() instanceof MaskLayer) {
          throw new IllegalArgumentException(
              "%s: a MaskLayer leaves out what a mask hides, the data have no masks: expected a network that needs none"
                  .formatted(vertex.label()));
        }
      }
    }
  }

  private void requireTokens(EmbeddingSequenceLayer embedding) {
    int length = data.shape().width();
    if (data.shape().channels() != 2 || data.shape().height() != 1) {
      throw new IllegalArgumentException(
          "the network takes tokens, the data are images: expected text, as in sst2");
    }
    if (!embedding.isInferInputLength() && embedding.getInputLength() != length) {
      throw new IllegalArgumentException(
          "the network takes %d tokens an example, the data have %d: set data.max-length"
              .formatted(embedding.getInputLength(), length));
    }
    for (int i = 0; i < data.inputs().length; i++) {
      boolean token = i / length % 2 == 0;
      if (token && data.inputs()[i] >= embedding.getNIn()) {
        throw new IllegalArgumentException(
            "the network knows %d tokens, the data have number %.0f: expected the vocabulary it was trained with"
                .formatted(embedding.getNIn(), data.inputs()[i]));
      }
    }
  }

  /** The outputs of a layer without a size of its own, such as a LossLayer, are 0: unknown. */
  private void requireOutputs() {
    Layer last =
        architecture.last().layer() == null ? null : architecture.last().layer().getLayer();
    if (last instanceof FeedForwardLayer output && output.getNOut() > 0) {
      requireClasses(output.getNOut());
    }
  }

  private void requireClasses(long outputs) {
    if (outputs != data.classes()) {
      throw new IllegalArgumentException(
          "the network has %d outputs, the data %d classes: %s"
              .formatted(outputs, data.classes(), EXPECTED));
    }
  }

  private void requirePass(int most) {
    int[] some = IntStream.range(0, Math.min(most, data.examples())).toArray();
    long[] shape = passed(some).shape();
    if (shape.length != 2 || shape[0] != some.length) {
      throw new IllegalArgumentException(
          "%s makes outputs of %s for %d examples, expected one number a class for each: %s"
              .formatted(
                  architecture.last().label(), Arrays.toString(shape), some.length, EXPECTED));
    }
    requireClasses(shape[1]);
    requireGradient(some);
  }

  private INDArray passed(int[] some) {
    try {
      return model.outputs(Dl4jExamples.of(model, data).inputs(some)).dup();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "the network does not take the data, which have %s an example; DL4J says: %s; %s"
              .formatted(shape(), firstLine(e), EXPECTED),
          e);
    }
  }

  private void requireGradient(int[] some) {
    Dl4jExamples examples = Dl4jExamples.of(model, data);
    try {
      model.gradientOfSum(examples.labels(some), examples.inputs(some));
      model.score(examples.labels(some), examples.inputs(some));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s: DL4J has no loss or no gradient for examples of %s with one of %d classes, it says: %s; %s"
              .formatted(
                  new Culprit(architecture.vertices()).any(),
                  shape(),
                  data.classes(),
                  firstLine(e),
                  EXPECTED),
          e);
    }
  }

  private static String firstLine(RuntimeException e) {
    return Optional.ofNullable(e.getMessage())
        .flatMap(message -> message.lines().findFirst())
        .orElse(e.getClass().getSimpleName());
  }

  private String shape() {
    InputShape shape = data.shape();
    return "%d x %d x %d".formatted(shape.channels(), shape.height(), shape.width());
  }
}
