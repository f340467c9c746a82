package org.eigensweep.experiment.outcome;

/**
 * How much of a vector v lies along orthonormal vectors uᵢ, as shares of its length.
 *
 * <p>No share is larger than one. What is computed may be, by rounding: a float32 dot product and a
 * basis that is orthonormal to float32 are each off by some units in the seventh digit, and a
 * gradient that lies wholly in the space came out as 1.000000025. That is one, and is said so.
 */
public final class Alignment {
  private Alignment() {}

  /**
   * χ = ‖Pv‖/‖v‖ with the projector P on the first k vectors.
   *
   * @param dots ⟨uᵢ, v⟩, at least k of them
   * @param k vectors that span the space
   * @param norm ‖v‖
   * @return a number in [0, 1]; NaN where v has no direction: it is zero, missing or so long that
   *     its square overflows
   */
  public static double of(double[] dots, int k, double norm) {
    double square = 0;
    for (int i = 0; i < k; i++) {
      square += dots[i] * dots[i];
    }
    return Double.isFinite(norm) ? Math.min(Math.sqrt(square) / norm, 1) : Double.NaN;
  }

  /**
   * The cosine between v and a unit vector u.
   *
   * @param dot ⟨u, v⟩
   * @param norm ‖v‖
   * @return a number in [−1, 1]; NaN where v has no direction
   */
  public static double cosine(double dot, double norm) {
    return Double.isFinite(norm) ? Math.max(-1, Math.min(dot / norm, 1)) : Double.NaN;
  }
}
