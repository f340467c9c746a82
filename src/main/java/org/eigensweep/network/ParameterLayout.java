package org.eigensweep.network;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
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
  static Map<String, IndexRange> of(Architecture architecture) {
    Map<String, IndexRange> ranges = new LinkedHashMap<>();
    int from = 0;
    for (Architecture.Vertex vertex : architecture.vertices()) {
      int count = Math.toIntExact(vertex.vertex().numParams(false));
      if (count > 0) {
        ranges.put(vertex.name(), new IndexRange(from, from + count));
        if (vertex.layer() != null) {
          addParameters(vertex.layer().clone(), vertex.name(), ranges);
        }
      }
      from += count;
    }
    return Collections.unmodifiableMap(ranges);
  }

  private static void addParameters(
      NeuralNetConfiguration layer, String name, Map<String, IndexRange> ranges) {
    IndexRange all = ranges.get(name);
    try (INDArray vector = Nd4j.createUninitialized(DataType.FLOAT, 1, all.size())) {
      layer.getLayer().initializer().init(layer, vector, false).entrySet().stream()
          .sorted(Comparator.comparingLong(parameter -> parameter.getValue().offset()))
          .forEach(
              parameter -> {
                int start = all.from() + Math.toIntExact(parameter.getValue().offset());
                int end = start + Math.toIntExact(parameter.getValue().length());
                ranges.put(name + "." + parameter.getKey(), new IndexRange(start, end));
              });
    }
  }
}
