package org.eigensweep.network.preset;

/** The training losses; both are means over examples. */
public enum Loss {
  /** ½·Σ‖f(x)−y‖² / examples, summed over outputs, with one-hot targets y. */
  MSE,
  /** Mean softmax cross-entropy of the outputs taken as logits. */
  CROSS_ENTROPY
}
