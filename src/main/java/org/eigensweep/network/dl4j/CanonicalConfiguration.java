package org.eigensweep.network.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.util.GraphIndices;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/** DL4J configurations without what depends on how a network was trained. */
final class CanonicalConfiguration {
  private CanonicalConfiguration() {}

  static String of(Architecture architecture) {
    if (architecture.configuration() instanceof MultiLayerConfiguration sequence) {
      return of(sequence.clone());
    }
    return of(((ComputationGraphConfiguration) architecture.configuration()).clone());
  }

  private static String of(MultiLayerConfiguration configuration) {
    configuration.setDataType(DataType.DOUBLE);
    configuration.setIterationCount(0);
    configuration.setEpochCount(0);
    for (int l = 0; l < configuration.getConfs().size(); l++) {
      NeuralNetConfiguration layer = configuration.getConf(l);
      reset(layer);
      resetAll(new LayerVertex(layer, configuration.getInputPreProcess(l)));
    }
    return configuration.toJson();
  }

  /** The order is that of the parameters, and DL4J keeps it once it has chosen it. */
  private static String of(ComputationGraphConfiguration configuration) {
    GraphIndices order = new ComputationGraph(configuration.clone()).calculateIndices();
    List<String> names = new ArrayList<>();
    for (int index : order.getTopologicalSortOrder()) {
      names.add(order.getIdxToName().get(index));
    }
    configuration.setTopologicalOrder(order.getTopologicalSortOrder());
    configuration.setTopologicalOrderStr(names);
    configuration.setDataType(DataType.DOUBLE);
    configuration.setIterationCount(0);
    configuration.setEpochCount(0);
    reset(configuration.getDefaultConfiguration());
    for (GraphVertex vertex : configuration.getVertices().values()) {
      resetAll(vertex);
    }
    return configuration.toJson();
  }

  private static void resetAll(GraphVertex vertex) {
    for (Dl4jParts.Part part : Dl4jParts.of(vertex)) {
      if (part.value() instanceof NeuralNetConfiguration configuration) {
        reset(configuration);
      } else if (part.value() instanceof BaseLayer layer) {
        layer.setIUpdater(new NoOp());
        layer.setBiasUpdater(null);
      }
    }
  }

  private static void reset(NeuralNetConfiguration configuration) {
    configuration.setSeed(0);
    configuration.setIterationCount(0);
    configuration.setEpochCount(0);
    configuration.setDataType(DataType.DOUBLE);
    configuration.clearVariables(); // their names, which DL4J finds again
  }
}
