package org.eigensweep.network.saved;

import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.eigensweep.network.dl4j.Dl4jModel;
import org.eigensweep.network.dl4j.Dl4jParts;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Networks that do in training what others do in evaluation: without dropout and noise, and with
 * batch normalisation by its running statistics, which is how DL4J runs it in a frozen layer.
 */
final class Evaluated {
  /** Examples whose outputs are compared. */
  private static final int SAMPLE = 100;

  /** Far over the rounding of outputs in float64. */
  private static final double SAME = 1e-10;

  private Evaluated() {}

  /** The network, with parameters of its own. */
  static Dl4jModel of(Dl4jModel model) {
    Object configuration = model.architecture().configuration();
    INDArray theta = model.parameters().dup();
    if (configuration instanceof MultiLayerConfiguration sequence) {
      MultiLayerConfiguration copy = sequence.clone();
      copy.getConfs().forEach(Evaluated::change);
      return new Architecture.Sequential(copy).over(theta);
    }
    ComputationGraphConfiguration copy = ((ComputationGraphConfiguration) configuration).clone();
    for (GraphVertex vertex : copy.getVertices().values()) {
      if (vertex instanceof LayerVertex layer) {
        change(layer.getLayerConf());
      }
    }
    return new Architecture.Graph(copy).over(theta);
  }

  private static void change(NeuralNetConfiguration configuration) {
    Layer layer = configuration.getLayer();
    quiet(layer);
    Dl4jParts.of(new LayerVertex(configuration, null)).stream()
        .map(Dl4jParts.Part::value)
        .filter(Layer.class::isInstance)
        .forEach(part -> quiet((Layer) part));
    if (layer.getClass() == BatchNormalization.class) {
      configuration.setLayer(named(layer, FrozenLayer::new));
    } else if (layer.getClass() == DropoutLayer.class) {
      configuration.setLayer(
          named(
              layer,
              any -> new ActivationLayer.Builder().activation(new ActivationIdentity()).build()));
    }
  }

  private static Layer named(Layer layer, UnaryOperator<Layer> change) {
    Layer changed = change.apply(layer);
    changed.setLayerName(layer.getLayerName());
    return changed;
  }

  private static void quiet(Layer layer) {
    layer.setIDropout(null);
    if (layer instanceof BaseLayer base) {
      base.setWeightNoise(null);
      if (base.getActivationFn() instanceof ActivationRReLU random) {
        base.setActivationFn(new ActivationLReLU((random.getL() + random.getU()) / 2));
      }
    }
  }

  /** Whether a network normalises by running statistics, of which DL4J's gradient knows nothing. */
  static boolean hasRunningStatistics(Architecture architecture) {
    return architecture.vertices().stream()
        .flatMap(vertex -> Dl4jParts.of(vertex.vertex()).stream())
        .anyMatch(part -> part.value() instanceof BatchNormalization);
  }

  /**
   * Compares outputs with those of the original in evaluation mode, on the first examples of a data
   * set.
   *
   * @throws IllegalArgumentException if they are not the same
   */
  static void requireOutputsOf(Dl4jModel original, Dl4jModel evaluated, Dataset data) {
    int[] some = IntStream.range(0, Math.min(SAMPLE, data.examples())).toArray();
    INDArray[] inputs = Dl4jExamples.of(original, data).inputs(some);
    evaluated.assign(original.parameters().dup());
    INDArray theirs = original.evaluationOutputs(inputs).dup();
    INDArray mine = evaluated.outputs(inputs).dup();
    double largest = theirs.amaxNumber().doubleValue();
    double off = mine.sub(theirs).amaxNumber().doubleValue();
    if (off > SAME * largest) {
      throw new IllegalArgumentException(
          "outputs in evaluation mode are off DL4J's own by %.3g, expected the same: no curvature is given"
              .formatted(off));
    }
  }
}
