package org.eigensweep.network.dl4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Trainable;
import org.eigensweep.linalg.IndexRange;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Where DL4J keeps the parameters of each layer in the parameter vector, and how it regularises
 * them, read off DL4J's own views of it. A layer goes by its DL4J name (layer0, layer1, ... where
 * it was given none), one of its parameters by that name, a dot and DL4J's key: layer0.W, layer0.b.
 *
 * @param parameters all of them, in the vector's order
 */
public record ParameterLayout(List<Parameter> parameters) {
  /**
   * One parameter of a layer.
   *
   * @param layer the layer's name
   * @param key DL4J's name of the parameter within the layer
   * @param range where it lies
   * @param regularization what DL4J's training adds for it, empty where there is nothing
   */
  public record Parameter(
      String layer, String key, IndexRange range, List<Regularization> regularization) {
    /** As in layer0.W. */
    public String name() {
      return layer + "." + key;
    }
  }

  public ParameterLayout {
    parameters = List.copyOf(parameters);
  }

  /** The layout of a network that is yet to be made. */
  public static ParameterLayout of(Architecture architecture) {
    long count = architecture.vertices().stream().mapToLong(v -> v.vertex().numParams(false)).sum();
    try (INDArray vector = Nd4j.createUninitialized(architecture.dataType(), 1, count)) {
      return of(architecture.over(vector));
    }
  }

  /** The layout of a network. */
  public static ParameterLayout of(Dl4jModel model) {
    List<Parameter> parameters = new ArrayList<>();
    long first = model.parameters().offset();
    model
        .layers()
        .forEach(
            (name, layer) ->
                layer
                    .paramTable(false)
                    .forEach((key, view) -> parameters.add(of(name, key, layer, view, first))));
    parameters.sort(Comparator.comparingInt(p -> p.range().from()));
    return new ParameterLayout(parameters);
  }

  private static Parameter of(String name, String key, Trainable layer, INDArray view, long first) {
    int from = Math.toIntExact(view.offset() - first);
    IndexRange range = new IndexRange(from, from + Math.toIntExact(view.length()));
    List<Regularization> regularization = layer.getConfig().getRegularizationByParam(key);
    return new Parameter(
        name, key, range, regularization == null ? List.of() : List.copyOf(regularization));
  }

  /** Number of all numbers n. */
  int size() {
    return parameters.get(parameters.size() - 1).range().to();
  }

  /** Every layer that has parameters, followed by its parameters, all in the vector's order. */
  public Map<String, IndexRange> ranges() {
    Map<String, IndexRange> ranges = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      ranges.merge(
          parameter.layer(),
          parameter.range(),
          (all, next) -> new IndexRange(all.from(), next.to()));
      ranges.put(parameter.name(), parameter.range());
    }
    return Collections.unmodifiableMap(ranges);
  }

  /** The layers that have parameters, in the vector's order. */
  public List<String> layers() {
    return parameters.stream().map(Parameter::layer).distinct().toList();
  }

  /**
   * Where the parameters of one name lie.
   *
   * @param name a name of {@link #ranges}
   * @throws IllegalArgumentException naming those there are
   */
  public IndexRange range(String name) {
    Map<String, IndexRange> ranges = ranges();
    IndexRange range = ranges.get(name);
    if (range == null) {
      throw new IllegalArgumentException(
          "no parameters are called %s, expected one of %s"
              .formatted(name, String.join(", ", ranges.keySet())));
    }
    return range;
  }
}
