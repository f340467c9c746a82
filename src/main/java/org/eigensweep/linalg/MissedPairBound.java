package org.eigensweep.linalg;

/**
 * Says when a random vector that is followed through a Lanczos process has followed long enough: a
 * pair that leads and is missed would have to have so small a part in it as hardly any has.
 *
 * <p>The part of a random unit vector of dimension n along a fixed one is that of a normal number
 * with deviation 1/√n. It is below ε with a probability of 0.8·ε√n, and below c/√n with one of
 * 0.8c, however large n is.
 */
final class MissedPairBound {
  /** Length ε of the part that decides while n is small: one miss in thousands at n = 100. */
  private static final double LEAST_PART = 3e-5;

  /**
   * The part c, in units of the usual one, that decides while n is large: one miss in a hundred.
   */
  private static final double RAREST = 0.0125;

  private final double least;
  private final ChristoffelFunction[] ends;

  /**
   * A bound for pairs that lead a value.
   *
   * @param value in whose lead a pair would count as missed
   * @param which the end of the spectrum that leads
   * @param dimension n of the space that the vector was drawn from
   */
  MissedPairBound(double value, Which which, int dimension) {
    this.least = Math.min(LEAST_PART, RAREST / Math.sqrt(dimension));
    this.ends =
        switch (which) {
          case LARGEST -> new ChristoffelFunction[] {new ChristoffelFunction(value)};
          case MAGNITUDE ->
              new ChristoffelFunction[] {
                new ChristoffelFunction(value), new ChristoffelFunction(-value)
              };
        };
  }

  /** Takes note of a step of the process ({@link ChristoffelFunction#step}). */
  void step(double alpha, double beta) {
    for (ChristoffelFunction end : ends) {
      end.step(alpha, beta);
    }
  }

  /** Whether a missed pair can be ruled out. */
  boolean isReached() {
    for (ChristoffelFunction end : ends) {
      if (end.largestPart() > least) {
        return false;
      }
    }
    return true;
  }

  /**
   * How much of a vector can lie along eigenvectors with one eigenvalue, or beyond it, by what the
   * vector's Lanczos process has shown: 1/Σ pⱼ(μ)², where pⱼ are the orthonormal polynomials of the
   * vector's spectral measure. No measure with the same recurrence has more mass at μ (Akhiezer,
   * The Classical Moment Problem, 1965, chapter 2). It holds beyond μ too where all Ritz values of
   * the process lie on one side of μ, since every |pⱼ| grows from the last of them on.
   */
  static final class ChristoffelFunction {
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
}
