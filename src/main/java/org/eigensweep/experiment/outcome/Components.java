package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A vector v as orthonormal vectors u_i see it. The k leading ones span the dominant space of rank
 * k, for every k up to their number.
 *
 * @param norm ‖v‖; NaN where v is missing
 * @param dots ⟨u_i, v⟩, one a vector u_i; NaN where v is missing
 */
@SuppressWarnings("ArrayRecordComponent") // written to tables, never compared
public record Components(double norm, double[] dots) implements Serializable {
  /** A vector that is missing, seen by so many. */
  public static Components missing(int pairs) {
    double[] dots = new double[pairs];
    Arrays.fill(dots, Double.NaN);
    return new Components(Double.NaN, dots);
  }

  /** Number of the vectors u_i. */
  public int pairs() {
    return dots.length;
  }

  /**
   * Alignment χ_k(v) = ‖P_k v‖/‖v‖ with the k leading vectors; NaN where v is missing or zero, and
   * where there are fewer than k.
   */
  public double alignment(int k) {
    return k <= dots.length ? Alignment.of(dots, k, norm) : Double.NaN;
  }

  /** ⟨u, v⟩/‖v‖ with a vector u, counted from 0; NaN where v is missing or zero. */
  public double cosine(int pair) {
    return Alignment.cosine(dots[pair], norm);
  }

  /**
   * ⟨v, w⟩ within the space of some of the vectors.
   *
   * @param other w, seen by the same vectors
   * @param from the first, counted from 0
   * @param to one past the last
   */
  double dot(Components other, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += dots[i] * other.dots[i];
    }
    return sum;
  }
}
