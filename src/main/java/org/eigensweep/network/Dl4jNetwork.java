package org.eigensweep.network;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * A network in the form that DL4J itself trains and evaluates, in float64. DL4J's own training
 * loops receive our networks, and return parameters, through this class. Its loss, L2 term
 * included, and the order of its parameters equal ours.
 */
public final class Dl4jNetwork {
  private final Architecture architecture;
  private final int parameters;

  private Dl4jNetwork(Architecture architecture, int parameters) {
    this.architecture = architecture;
    this.parameters = parameters;
  }

  /** Wraps DL4J's form of a network. */
  public static Dl4jNetwork of(Network network) {
    return new Dl4jNetwork(network.architecture(), network.parameters());
  }

  /**
   * Makes a new graph that trains by plain SGD. Sequences of layers become graphs too, so that
   * callers train one kind of network.
   *
   * @param theta its parameters, n × 1, copied
   * @param learningRate size of its steps
   * @throws IllegalArgumentException if the parameters are not n
   */
  public ComputationGraph graph(HostMatrix theta, double learningRate) {
    if (theta.rows() != parameters || theta.columns() != 1) {
      throw new IllegalArgumentException(
          "parameters of %d x %d, expected %d x 1"
              .formatted(theta.rows(), theta.columns(), parameters));
    }
    ComputationGraph graph = architecture.over(row(theta)).graph();
    for (GraphVertex vertex : graph.getConfiguration().getVertices().values()) {
      if (vertex instanceof LayerVertex layer
          && layer.getLayerConf().getLayer() instanceof BaseLayer trained) {
        trained.setIUpdater(new Sgd(learningRate));
        trained.setBiasUpdater(null); // the same
      }
    }
    return graph;
  }

  private static INDArray row(HostMatrix theta) {
    double[] values = theta.toDoubles();
    return Nd4j.createFromArray(values).reshape(1, values.length);
  }

  /** A copy of a graph's parameters, n × 1. */
  public static HostMatrix parameters(ComputationGraph graph) {
    double[] theta = graph.params().toDoubleVector();
    return new HostMatrix.Doubles(theta.length, 1, theta);
  }

  /**
   * Whether the loss of an example depends on which batch it is in: batch normalisation does so.
   */
  public boolean couplesExamples() {
    return architecture.create(0).couplesExamples();
  }

  /** A data set in the layout that the graph expects. */
  public Dl4jExamples examples(Dataset data) {
    return Dl4jExamples.of(architecture.create(0), data);
  }
}
