package org.eigensweep.network.preset;

/** The nonlinearities that a model may name; each has an exact derivative rule. */
public enum Activation {
  /** max(z, 0). */
  RELU,
  /** Hyperbolic tangent. */
  TANH,
  /** z above 0, eᶻ − 1 below. */
  ELU,
  /** log(1 + eᶻ). */
  SOFTPLUS,
  /** z clipped to [−1, 1]. */
  HARDTANH,
  /** 1/(1 + e⁻ᶻ). */
  SIGMOID,
  /** DL4J's default GELU, z·sigmoid(1.702·z). */
  GELU,
  /** No nonlinearity: a linear network. */
  IDENTITY
}
