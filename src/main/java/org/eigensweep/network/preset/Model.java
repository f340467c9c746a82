package org.eigensweep.network.preset;

import java.io.Serializable;
import org.eigensweep.data.InputShape;

/** A network architecture by name; its input and output sizes come from the data. */
public sealed interface Model extends Serializable permits Mlp, Cnn, Vgg11, Transformer {
  /** How the weights are drawn. */
  Initialization initialization();

  /** Least height and width of an input; 1 where any input will do. */
  int smallestSide();

  /** Number of trainable parameters for the given input and number of output classes. */
  long parameters(InputShape input, int classes);
}
