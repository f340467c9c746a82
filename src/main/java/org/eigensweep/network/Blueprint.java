package org.eigensweep.network;

import java.io.Serializable;
import java.util.random.RandomGenerator;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.data.InputShape;

/**
 * What a sweep trains, its data aside: an architecture, its training loss, and where its parameters
 * start. It crosses processes, and says in words all that its numbers follow from.
 */
public sealed interface Blueprint extends Serializable permits PresetBlueprint, FileBlueprint {
  /**
   * The network for data of the given sizes.
   *
   * @param input inputs an example
   * @param classes outputs
   */
  Network over(InputShape input, int classes);

  /** Number of parameters for data of the given sizes, known without building the network. */
  long parameters(InputShape input, int classes);

  /** Whether the loss of an example depends on the examples beside it. */
  boolean couplesExamples();

  /** The architecture and the start in words. It names a trial in tables, so it stays as it is. */
  String description();

  /** The training loss in a word, its L2 term aside. */
  String loss();

  /** The coefficient of the loss's L2 term in words; 0.0 where there is none. */
  String l2();

  /** The same for those who need no start of their own: nothing as long as the parameters in it. */
  Blueprint withoutWeights();

  /**
   * The parameters that training starts from.
   *
   * @param network this one's, for some data
   * @param seed what fresh ones are drawn from
   * @return n × 1
   */
  MatrixSource start(Network network, long seed);

  /**
   * Fresh parameters.
   *
   * @param network this one's, for some data
   * @param random what they are drawn from
   * @return n of them, in DL4J's order
   */
  double[] draw(Network network, RandomGenerator random);
}
