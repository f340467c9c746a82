package org.eigensweep.linalg;

/** The end of the spectrum that counts as leading. */
public enum Which {
  /** Largest algebraic eigenvalues, descending: the dominant subspace by its definition. */
  LARGEST,
  /** Largest absolute eigenvalues, descending: what ARPACK's default in SciPy returns. */
  MAGNITUDE
}
