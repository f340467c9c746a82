package org.eigensweep.network;

import java.util.SplittableRandom;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Model;

/**
 * Fresh parameters of a network, drawn whole wherever some of them are needed: their distributions
 * are tied across layers.
 *
 * @param model the network
 * @param input inputs an example
 * @param classes outputs
 * @param loss training loss
 * @param rows number of parameters
 * @param seed what they are drawn from
 */
record DrawnParameters(Model model, InputShape input, int classes, Loss loss, int rows, long seed)
    implements MatrixSource {
  @Override
  public int columns() {
    return 1;
  }

  @Override
  public HostMatrix rows(int from, int to) {
    Network network = Network.of(model, input, classes, loss);
    return network.initialParameters(new SplittableRandom(seed)).rows(from, to);
  }
}
