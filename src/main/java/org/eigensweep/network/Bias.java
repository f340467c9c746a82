package org.eigensweep.network;

/** Whether a layer of weights has biases too. */
enum Bias {
  /** One an output, after the weights in the parameter vector. */
  LEARNED,
  NONE
}
