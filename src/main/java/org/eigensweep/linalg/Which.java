package org.eigensweep.linalg;

/** The end of the spectrum that counts as leading. */
public enum Which {
  /** Largest algebraic eigenvalues, descending: the dominant subspace by its definition. */
  LARGEST,
  /** Largest absolute eigenvalues, descending: what ARPACK's default in SciPy returns. */
  MAGNITUDE;

  /** What eigenvalues are ordered by, the largest first. */
  double rank(double eigenvalue) {
    return switch (this) {
      case LARGEST -> eigenvalue;
      case MAGNITUDE -> Math.abs(eigenvalue);
    };
  }

  /** How far an eigenvalue leads another. */
  double lead(double eigenvalue, double other) {
    return rank(eigenvalue) - rank(other);
  }
}
