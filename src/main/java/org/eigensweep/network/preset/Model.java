package org.eigensweep.network.preset;

import java.io.Serializable;
import org.eigensweep.data.InputShape;

/** A network architecture by name; its input and output sizes come from the data. */
public sealed interface Model extends Serializable permits Mlp, Cnn, Vgg11, Transformer {
  /** How the weights are drawn. */
  Initialization initialization();

  /** Whether the loss of an example depends on the examples beside it. */
  default boolean couplesExamples() {
    return false;
  }

  /** Least height and width of an input; 1 where any input will do. */
  int smallestSide();

  /**
   * The architecture in words, all that its numbers follow from, as in "mlp hidden=200,200
   * activation=tanh initialization=pytorch". It names a trial in tables, so it stays as it is.
   */
  String description();

  /**
   * Number of trainable parameters for the given input and number of output classes. It is counted
   * in double precision, exactly up to 2⁵³, and ends at {@link Long#MAX_VALUE} where widths from a
   * file would make a {@code long} overflow.
   */
  long parameters(InputShape input, int classes);
}
