package org.eigensweep.network;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** How parameters are drawn before training. */
final class Initializers {
  private Initializers() {}

  /**
   * The default of torch.nn.Linear: weights and biases uniform in ±1/√fan-in. The numbers come in
   * DL4J's parameter order, so they differ from PyTorch's draw for draw but not in distribution.
   */
  static double[] pytorch(Chain chain, RandomGenerator random) {
    double[] theta = new double[chain.parameters()];
    int at = 0;
    for (Layer layer : chain.layers()) {
      if (layer instanceof Dense dense) {
        double bound = 1 / Math.sqrt(dense.inputs());
        for (int end = at + dense.parameters(); at < end; at++) {
          theta[at] = bound * (2 * random.nextDouble() - 1);
        }
      }
    }
    return theta;
  }

  /** DL4J's own initialisation of a configuration. */
  static double[] dl4j(MultiLayerConfiguration configuration, long seed) {
    MultiLayerConfiguration seeded = configuration.clone();
    seeded.getConfs().forEach(layer -> layer.setSeed(seed));
    MultiLayerNetwork network = new MultiLayerNetwork(seeded);
    network.init();
    return network.params().toDoubleVector();
  }
}
