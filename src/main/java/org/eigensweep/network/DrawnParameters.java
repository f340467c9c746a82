package org.eigensweep.network;

import java.util.SplittableRandom;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.data.InputShape;

/**
 * Fresh parameters of a network, drawn whole wherever some of them are needed: their distributions
 * are tied across layers.
 *
 * @param blueprint the network
 * @param input inputs an example
 * @param classes outputs
 * @param rows number of parameters
 * @param seed what they are drawn from
 */
record DrawnParameters(Blueprint blueprint, InputShape input, int classes, int rows, long seed)
    implements MatrixSource {
  @Override
  public int columns() {
    return 1;
  }

  @Override
  public HostMatrix rows(int from, int to) {
    Network network = blueprint.over(input, classes);
    return network.initialParameters(new SplittableRandom(seed)).rows(from, to);
  }
}
