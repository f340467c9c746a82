package org.eigensweep.linalg;

/**
 * How much of a vector can lie along eigenvectors with one eigenvalue, or beyond it, by what the
 * vector's Lanczos process has shown: 1/Σ pⱼ(μ)², where pⱼ are the orthonormal polynomials of the
 * vector's spectral measure. No measure with the same recurrence has more mass at μ (Akhiezer, The
 * Classical Moment Problem, 1965, chapter 2). It holds beyond μ too where all Ritz values of the
 * process lie on one side of μ, since every |pⱼ| grows from the last of them on.
 */
final class ChristoffelFunction {
  private final double at;
  private double beta;
  private double previous;
  private double newest = 1;
  private double sum = 1;

  /** Of a unit vector of which nothing is known, at μ. */
  ChristoffelFunction(double at) {
    this.at = at;
  }

  /**
   * Takes note of a step: Axⱼ = βⱼ₋₁xⱼ₋₁ + αⱼxⱼ + βⱼxⱼ₊₁.
   *
   * @param alpha αⱼ
   * @param beta βⱼ ≥ 0; zero where the process has met an invariant space, which hides nothing
   */
  void step(double alpha, double beta) {
    double next = ((at - alpha) * newest - this.beta * previous) / beta;
    sum = beta == 0 ? Double.POSITIVE_INFINITY : sum + next * next;
    previous = newest;
    newest = next;
    this.beta = beta;
  }

  /** The length of the vector's part along such eigenvectors, at most. */
  double largestPart() {
    return 1 / Math.sqrt(sum);
  }
}
