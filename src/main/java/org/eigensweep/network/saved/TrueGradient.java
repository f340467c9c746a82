package org.eigensweep.network.saved;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.eigensweep.network.dl4j.Dl4jModel;
import org.eigensweep.network.dl4j.Dl4jParts;
import org.eigensweep.network.pass.PassSettings;

/**
 * A network with the loss of another at the same parameters, but whose DL4J gradient is the loss's
 * derivative by all of them. In DL4J a frozen layer has a gradient of zero and passes none to the
 * layers before it. Here the layer inside takes its place, run as DL4J runs a frozen one: without
 * dropout, noise or regularisation. In DL4J the centres of a CenterLossOutputLayer move by a rule
 * of their own. Here they have the loss's derivative. {@link SlopeOfScore} does the same for
 * losses.
 *
 * @param model the network
 * @param thawed names of the layers that were frozen
 */
record TrueGradient(Dl4jModel model, List<String> thawed) {
  /** Examples whose loss is compared. */
  private static final int SAMPLE = 100;

  /** Far over the rounding of a sum of losses in float64. */
  private static final double SAME = 1e-10;

  /**
   * The network to differentiate instead of another.
   *
   * @throws IllegalArgumentException naming a frozen layer that would compute something else thawed
   */
  static TrueGradient of(Dl4jModel model) {
    List<String> thawed = new ArrayList<>();
    boolean changes = false;
    for (Architecture.Vertex vertex : model.architecture().vertices()) {
      if (isFrozen(vertex)) {
        thawed.add(vertex.name());
        requireThawable(vertex);
      }
      changes |= isFrozen(vertex) || hasCentres(vertex);
    }
    return new TrueGradient(
        changes ? changed(model, TrueGradient::change) : model, List.copyOf(thawed));
  }

  /** The same network, whose gradient of each loss is the derivative of that loss's score. */
  TrueGradient ofScore() {
    return new TrueGradient(changed(model, TrueGradient::scored), thawed);
  }

  private static void scored(NeuralNetConfiguration configuration) {
    if (configuration.getLayer() instanceof BaseOutputLayer output) {
      output.setLossFn(SlopeOfScore.of(output.getLossFn(), output.getActivationFn()));
    } else if (configuration.getLayer() instanceof LossLayer layer) {
      layer.setLossFn(SlopeOfScore.of(layer.getLossFn(), layer.getActivationFn()));
    }
  }

  /**
   * Compares the loss with the other network's, on the first examples of a data set.
   *
   * @param original where {@link #model} was taken from
   * @param settings which examples batch normalisation takes together
   * @throws IllegalArgumentException if they are not the same
   */
  void requireLossOf(Dl4jModel original, Dataset data, PassSettings settings) {
    if (original == model) {
      return;
    }
    int most = model.couplesExamples() ? settings.batchNormExamples() : SAMPLE;
    int[] some = IntStream.range(0, Math.min(most, data.examples())).toArray();
    model.assign(original.parameters().dup());
    double mine = loss(model, data, some);
    double theirs = loss(original, data, some);
    if (Math.abs(mine - theirs) > SAME * Math.abs(theirs)) {
      throw new IllegalArgumentException(
          "with frozen layers %s thawed the loss is %.12g and DL4J's own score %.12g, expected the same: save the network with them thawed"
              .formatted(String.join(", ", thawed), mine, theirs));
    }
  }

  private static double loss(Dl4jModel model, Dataset data, int[] some) {
    Dl4jExamples examples = Dl4jExamples.of(model, data);
    return model.score(examples.labels(some), examples.inputs(some));
  }

  private static boolean isFrozen(Architecture.Vertex vertex) {
    Layer layer = vertex.layer() == null ? null : vertex.layer().getLayer();
    return is(vertex.vertex(), FrozenVertex.class)
        || is(layer, FrozenLayer.class)
        || is(layer, FrozenLayerWithBackprop.class);
  }

  private static boolean hasCentres(Architecture.Vertex vertex) {
    return vertex.layer() != null && is(vertex.layer().getLayer(), CenterLossOutputLayer.class);
  }

  /** A subclass may do anything: it stays as it is, and its gradient is checked. */
  private static boolean is(Object part, Class<?> type) {
    return part != null && part.getClass() == type;
  }

  /** DL4J runs a frozen layer as in a test. */
  private static void requireThawable(Architecture.Vertex vertex) {
    for (Dl4jParts.Part part : Dl4jParts.of(vertex.vertex())) {
      if (part.value() instanceof BatchNormalization) {
        throw new IllegalArgumentException(
            "%s: a frozen BatchNormalization takes its running statistics and not those of the examples, which has no derivative rule here: save the network with it thawed"
                .formatted(vertex.label()));
      }
    }
  }

  private static Dl4jModel changed(Dl4jModel model, Consumer<NeuralNetConfiguration> change) {
    Object configuration = model.architecture().configuration();
    if (configuration instanceof MultiLayerConfiguration sequence) {
      MultiLayerConfiguration copy = sequence.clone();
      copy.getConfs().forEach(change);
      return new Architecture.Sequential(copy).over(model.parameters().dup());
    }
    ComputationGraphConfiguration copy = ((ComputationGraphConfiguration) configuration).clone();
    copy.getVertices().replaceAll((name, vertex) -> changed(vertex, change));
    return new Architecture.Graph(copy).over(model.parameters().dup());
  }

  private static GraphVertex changed(GraphVertex vertex, Consumer<NeuralNetConfiguration> change) {
    if (is(vertex, FrozenVertex.class)) {
      return changed(((FrozenVertex) vertex).getUnderlying(), change);
    }
    if (vertex instanceof LayerVertex layer) {
      change.accept(layer.getLayerConf());
    }
    return vertex;
  }

  private static void change(NeuralNetConfiguration configuration) {
    Layer layer = thawed(configuration.getLayer());
    if (is(layer, CenterLossOutputLayer.class)) {
      CenterLossOutputLayer centres = (CenterLossOutputLayer) layer;
      // With these DL4J takes the derivative by the centres. Neither is in its score.
      centres.setGradientCheck(true);
      centres.setAlpha(1);
    }
    configuration.setLayer(layer);
  }

  private static Layer thawed(Layer layer) {
    if (is(layer, FrozenLayer.class)) {
      return thawed(plain(((FrozenLayer) layer).getLayer(), layer.getLayerName()));
    }
    if (is(layer, FrozenLayerWithBackprop.class)) {
      Layer within = ((FrozenLayerWithBackprop) layer).getUnderlying();
      return thawed(plain(within, layer.getLayerName()));
    }
    return layer;
  }

  private static Layer plain(Layer frozen, String name) {
    Layer plain = frozen.clone();
    plain.setLayerName(name);
    plain.setIDropout(null);
    if (plain instanceof BaseLayer base) {
      base.setWeightNoise(null);
      base.setRegularization(List.of());
      base.setRegularizationBias(List.of());
    }
    return plain;
  }
}
