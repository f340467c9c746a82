package org.eigensweep.network;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** DL4J networks of either kind for tests. */
final class Dl4jModels {
  private Dl4jModels() {}

  static Dl4jModel of(Model model) {
    return model instanceof MultiLayerNetwork sequence
        ? Dl4jModel.of(sequence)
        : Dl4jModel.of((ComputationGraph) model);
  }
}
