package org.eigensweep.network.archive;

import java.math.BigInteger;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How many parameters a network has, by its configuration and, once it is made, by its arrays. */
final class ParameterCount {
  private ParameterCount() {}

  /**
   * Counts those of a sequence; allocates nothing.
   *
   * @throws IllegalArgumentException if a layer has a negative number, or all have none or more
   *     than an array holds
   */
  static long of(MultiLayerConfiguration configuration) {
    long count = 0;
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      layer.getLayer().setDataType(configuration.getDataType());
      count =
          sum(
              count,
              layer.getLayer().initializer().numParams(layer),
              layer.getLayer().getLayerName());
    }
    return required(count);
  }

  /** Counts those of a graph; allocates nothing. */
  static long of(ComputationGraphConfiguration configuration) {
    long count = 0;
    for (Map.Entry<String, GraphVertex> vertex : configuration.getVertices().entrySet()) {
      vertex.getValue().setDataType(configuration.getDataType());
      count = sum(count, vertex.getValue().numParams(true), vertex.getKey());
    }
    return required(count);
  }

  private static long sum(long count, long more, String layer) {
    if (more < 0 || more > Integer.MAX_VALUE) {
      // DL4J's product of the sizes may have overflowed.
      throw new BadModelException(
          "%s: layer %s has %d parameters or more than a long counts, expected at most %d"
              .formatted(
                  ModelArchive.CONFIGURATION,
                  Faults.shortened(String.valueOf(layer)),
                  more,
                  Integer.MAX_VALUE));
    }
    return count + more;
  }

  private static long required(long count) {
    if (count == 0) {
      throw new BadModelException(
          "%s: a network without parameters, expected at least one layer that has some"
              .formatted(ModelArchive.CONFIGURATION));
    }
    if (count > Integer.MAX_VALUE) {
      throw new BadModelException(
          "%s: a network of %d parameters, expected at most %d"
              .formatted(ModelArchive.CONFIGURATION, count, Integer.MAX_VALUE));
    }
    return count;
  }

  /**
   * Compares the sizes of a network's arrays, multiplied without overflow, with its parameters.
   * DL4J's counts may overflow to the right number while the arrays reach past the vector.
   *
   * @throws IllegalArgumentException if they do not fill the vector
   */
  static void check(Map<String, INDArray> arrays, long parameters) {
    BigInteger all = BigInteger.ZERO;
    for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
      BigInteger size = BigInteger.ONE;
      for (long length : array.getValue().shape()) {
        size = size.multiply(BigInteger.valueOf(Math.max(0, length)));
      }
      all = all.add(size);
    }
    if (!all.equals(BigInteger.valueOf(parameters))) {
      throw new BadModelException(
          "%s: layers of sizes that need %s parameters, expected the %d that DL4J counts"
              .formatted(ModelArchive.CONFIGURATION, all, parameters));
    }
  }
}
