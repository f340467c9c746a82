package org.eigensweep.network.preset;

/** Where the training of a network from a file starts. */
public enum Weights {
  /** At parameters drawn from the trial's seed. */
  FRESH,
  /** At the parameters in the file. */
  SAVED
}
