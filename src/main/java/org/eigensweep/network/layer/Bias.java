package org.eigensweep.network.layer;

/** Whether a layer of weights has biases too. */
public enum Bias {
  /** One an output, after the weights in the parameter vector. */
  LEARNED,
  NONE
}
