package org.eigensweep.network;

import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** How parameters are drawn before training. */
final class Initializers {
  private Initializers() {}

  /**
   * The default of torch.nn.Linear and Conv2d: weights and biases uniform in ±1/√fan-in, where the
   * fan-in of a convolution is its inputs times the size of its window. The numbers come in DL4J's
   * parameter order, so they differ from PyTorch's draw for draw but not in distribution.
   */
  static double[] pytorch(Chain chain, RandomGenerator random) {
    double[] theta = new double[chain.parameters()];
    int at = 0;
    for (Layer layer : chain.layers()) {
      double bound = 1 / Math.sqrt(fanIn(layer));
      for (int end = at + layer.parameters(); at < end; at++) {
        theta[at] = bound * (2 * random.nextDouble() - 1);
      }
    }
    return theta;
  }

  private static int fanIn(Layer layer) {
    if (layer instanceof Dense dense) {
      return dense.inputs();
    }
    if (layer instanceof Convolution convolution) {
      return convolution.window().patchSize();
    }
    return 1; // nothing to draw
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
