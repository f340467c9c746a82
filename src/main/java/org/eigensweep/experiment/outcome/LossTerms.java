package org.eigensweep.experiment.outcome;

/**
 * The change of the training loss by a step, taken apart: L(θ+Δ) − L(θ) = ⟨g, Δ⟩ + ½ΔᵀHΔ + O(Δ³),
 * where both terms are sums over the eigenvectors u_i. Every part is NaN where Δ is missing.
 *
 * @param pairs eigenpairs at θ
 * @param gradient g
 * @param made the step
 */
public record LossTerms(Pairs pairs, FullGradient gradient, StepTaken made) {
  /** ⟨u, g⟩⟨u, Δ⟩ of a pair, counted from 0. */
  public double first(int pair) {
    return sumOfFirst(pair, pair + 1);
  }

  /** ½λ⟨u, Δ⟩² of a pair, counted from 0. */
  public double second(int pair) {
    return sumOfSecond(pair, pair + 1);
  }

  /** ⟨P_k g, Δ⟩. */
  public double dominantFirst(int k) {
    return has(k) ? sumOfFirst(0, k) : Double.NaN;
  }

  /** ½ΔᵀP_k H P_k Δ. */
  public double dominantSecond(int k) {
    return has(k) ? sumOfSecond(0, k) : Double.NaN;
  }

  /**
   * ⟨(I−P_k)g, Δ⟩, added up from what lies outside of all pairs and along the pairs after k: the
   * difference ⟨g, Δ⟩ − ⟨P_k g, Δ⟩ would have no digits left where nearly all lies in the space.
   */
  public double bulkFirst(int k) {
    return has(k) ? made.outsideDotUpdate() + sumOfFirst(k, pairs.count()) : Double.NaN;
  }

  /** ½Δᵀ(I−P_k)H(I−P_k)Δ, added up in the same way; NaN where loss changes are partial. */
  public double bulkSecond(int k) {
    return has(k) ? made.outsideCurvature() / 2 + sumOfSecond(k, pairs.count()) : Double.NaN;
  }

  private boolean has(int k) {
    return k <= pairs.count();
  }

  private double sumOfFirst(int from, int to) {
    return made.update().dot(gradient.along(), from, to);
  }

  private double sumOfSecond(int from, int to) {
    double[] dots = made.update().dots();
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += pairs.eigenvalues()[i] * dots[i] * dots[i] / 2;
    }
    return sum;
  }
}
