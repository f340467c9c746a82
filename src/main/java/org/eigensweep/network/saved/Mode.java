package org.eigensweep.network.saved;

/** In which of DL4J's two modes the loss of a saved network is taken. */
public enum Mode {
  /** The loss that was trained on, which must not be random. */
  TRAINING,
  /** Without dropout and other noise, and with the running statistics of batch normalisation. */
  EVALUATION
}
