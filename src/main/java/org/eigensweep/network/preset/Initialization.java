package org.eigensweep.network.preset;

/** How weights are drawn before training. */
public enum Initialization {
  /**
   * PyTorch's default for linear and convolution layers: weights and biases uniform in ±1/√fan-in.
   */
  PYTORCH,
  /** DL4J's Xavier: weights normal with variance 2/(fan-in + fan-out), biases zero. */
  XAVIER
}
