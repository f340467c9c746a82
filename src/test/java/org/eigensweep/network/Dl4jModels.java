package org.eigensweep.network;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.network.dl4j.Dl4jModel;

/** DL4J networks of either kind for tests. */
public final class Dl4jModels {
  private Dl4jModels() {}

  public static Dl4jModel of(Model model) {
    return model instanceof MultiLayerNetwork sequence
        ? Dl4jModel.of(sequence)
        : Dl4jModel.of((ComputationGraph) model);
  }
}
