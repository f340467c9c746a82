package org.eigensweep.network;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.eigensweep.linalg.IndexRange;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where DL4J keeps the parameters of each layer in the parameter vector, read off DL4J's own views
 * of it. A layer goes by its DL4J name (layer0, layer1, ... where it was given none), one of its
 * parameters by that name, a dot and DL4J's key: layer0.W, layer0.b.
 */
final class ParameterLayout {
  private ParameterLayout() {}

  /** Every layer that has parameters, followed by its parameters, all in the vector's order. */
  static Map<String, IndexRange> of(MultiLayerConfiguration configuration) {
    Map<String, IndexRange> ranges = new LinkedHashMap<>();
    List<NeuralNetConfiguration> layers = configuration.clone().getConfs();
    int from = 0;
    for (int l = 0; l < layers.size(); l++) {
      String given = layers.get(l).getLayer().getLayerName();
      from = add(layers.get(l), given == null ? "layer" + l : given, from, ranges);
    }
    return Collections.unmodifiableMap(ranges);
  }

  /** Returns where the next layer starts. */
  private static int add(
      NeuralNetConfiguration layer, String name, int from, Map<String, IndexRange> ranges) {
    int count = Math.toIntExact(layer.getLayer().initializer().numParams(layer));
    if (count == 0) {
      return from;
    }
    ranges.put(name, new IndexRange(from, from + count));
    try (INDArray vector = Nd4j.createUninitialized(DataType.FLOAT, 1, count)) {
      layer.getLayer().initializer().init(layer, vector, false).entrySet().stream()
          .sorted(Comparator.comparingLong(parameter -> parameter.getValue().offset()))
          .forEach(
              parameter -> {
                int start = from + Math.toIntExact(parameter.getValue().offset());
                int end = start + Math.toIntExact(parameter.getValue().length());
                ranges.put(name + "." + parameter.getKey(), new IndexRange(start, end));
              });
    }
    return from + count;
  }
}
