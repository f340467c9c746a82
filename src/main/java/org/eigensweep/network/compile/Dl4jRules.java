package org.eigensweep.network.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.eigensweep.network.dl4j.Dl4jOptions;
import org.eigensweep.network.vertex.DotProductAttentionVertex;
import org.eigensweep.network.vertex.LayerNormalizationLayer;

/**
 * One vertex of a DL4J network as derivative rules. Each class has one reader, which takes that
 * class alone and no subclass, and accounts for all its options: see {@link Dl4jOptions}.
 */
public final class Dl4jRules {
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

  private Dl4jRules() {}

  /** Whether a class of layers or vertices has a derivative rule at all. */
  public static boolean knows(Class<?> type) {
    return KNOWN.contains(type);
  }

  /**
   * A layer, or a vertex without parameters and with one input.
   *
   * @param before how what enters is laid out
   * @throws IllegalArgumentException naming the layer, activation or setting without a rule
   */
  static Dl4jStep of(GraphVertex vertex, Dl4jLayout before) {
    if (vertex.getClass() == LayerVertex.class) {
      return of((LayerVertex) vertex, before);
    }
    if (vertex.getClass() == PreprocessorVertex.class) {
      Dl4jOptions.of(vertex).reads("preProcessor").done();
      return Dl4jReshaping.of(((PreprocessorVertex) vertex).getPreProcessor(), before);
    }
    if (vertex.getClass() == DotProductAttentionVertex.class) {
      return Dl4jText.of((DotProductAttentionVertex) vertex, before);
    }
    throw NoRule.of("it", "layers, additions or attention");
  }

  private static Dl4jStep of(LayerVertex vertex, Dl4jLayout before) {
    Dl4jOptions.of(vertex)
        .reads("layerConf", "preProcessor")
        .ignores("outputVertex") // the configuration's outputs say it too
        .done();
    Dl4jStep reshaped = Dl4jReshaping.of(vertex.getPreProcessor(), before);
    Dl4jStep step = of(vertex.getLayerConf().getLayer(), reshaped.after());
    List<org.eigensweep.network.layer.Layer> both = new ArrayList<>(reshaped.rules());
    both.addAll(step.rules());
    return new Dl4jStep(both, step.after());
  }

  private static Dl4jStep of(Layer layer, Dl4jLayout before) {
    Class<?> type = layer.getClass();
    if (type == DenseLayer.class) {
      return Dl4jVectors.of((DenseLayer) layer, before);
    } else if (type == OutputLayer.class) {
      return Dl4jVectors.of((OutputLayer) layer, before);
    } else if (type == LossLayer.class) {
      return Dl4jVectors.of((LossLayer) layer, before);
    } else if (type == ActivationLayer.class) {
      return Dl4jVectors.of((ActivationLayer) layer, before);
    } else if (type == ConvolutionLayer.class) {
      return Dl4jImages.of((ConvolutionLayer) layer, before);
    } else if (type == SubsamplingLayer.class) {
      return Dl4jImages.of((SubsamplingLayer) layer, before);
    } else if (type == BatchNormalization.class) {
      return Dl4jBatchNorm.of((BatchNormalization) layer, before);
    } else if (type == FrozenLayer.class
        && ((FrozenLayer) layer).getLayer().getClass() == BatchNormalization.class) {
      return Dl4jBatchNorm.running((FrozenLayer) layer, before);
    } else if (type == EmbeddingSequenceLayer.class) {
      return Dl4jText.of((EmbeddingSequenceLayer) layer, before);
    } else if (type == LayerNormalizationLayer.class) {
      return Dl4jText.of((LayerNormalizationLayer) layer, before);
    } else if (type == GlobalPoolingLayer.class) {
      return Dl4jText.of((GlobalPoolingLayer) layer, before);
    }
    throw NoRule.of("it", "dense, convolution, subsampling, embedding or normalisation layers");
  }
}
