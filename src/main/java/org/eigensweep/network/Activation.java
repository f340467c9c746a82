package org.eigensweep.network;

/** The nonlinearities that have an exact derivative rule. */
public enum Activation {
  /** Hyperbolic tangent. */
  TANH,
  /** No nonlinearity: a linear network. */
  IDENTITY
}
