package org.eigensweep.network.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * All parts of a vertex of a DL4J configuration, at any depth: layers within layers, their
 * activations, losses, dropouts and preprocessors.
 */
public final class Dl4jParts {
  /**
   * A part, and where it was found.
   *
   * @param owner the class whose option it is
   * @param option the option
   * @param value the part
   */
  public record Part(String owner, String option, Object value) {}

  private static final List<Class<?>> KINDS =
      List.of(
          Layer.class,
          GraphVertex.class,
          NeuralNetConfiguration.class,
          InputPreProcessor.class,
          IActivation.class,
          ILossFunction.class,
          IDropout.class,
          IWeightNoise.class);

  private final List<Part> parts = new ArrayList<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Dl4jParts() {}

  /** The parts of a vertex, those of a part after it. */
  public static List<Part> of(GraphVertex vertex) {
    Dl4jParts walk = new Dl4jParts();
    walk.open(vertex);
    return walk.parts;
  }

  private void open(Object owner) {
    if (seen.add(owner)) {
      Dl4jOptions.fields(owner).forEach((option, value) -> take(owner, option, value));
    }
  }

  private void take(Object owner, String option, Object value) {
    if (value instanceof Collection<?> values) {
      values.forEach(one -> take(owner, option, one));
    } else if (value instanceof Map<?, ?> values) {
      values.values().forEach(one -> take(owner, option, one));
    } else if (value instanceof Object[] values) {
      Arrays.asList(values).forEach(one -> take(owner, option, one));
    } else if (KINDS.stream().anyMatch(kind -> kind.isInstance(value))) {
      parts.add(new Part(owner.getClass().getSimpleName(), option, value));
      open(value);
    }
  }
}
