package org.eigensweep.linalg;

import java.util.ArrayList;
import java.util.List;

/** The symmetric tridiagonal matrix that Lanczos steps build, an entry at a time. */
final class Tridiagonal {
  private final List<Double> diagonal = new ArrayList<>();
  private final List<Double> couplings = new ArrayList<>();
  private double scale;

  /** Adds a diagonal entry. */
  void add(double entry) {
    diagonal.add(finite(entry));
    scale = Math.max(scale, Math.abs(entry));
  }

  /** Couples the newest diagonal entry to the one that will come. */
  void couple(double entry) {
    couplings.add(finite(entry));
    scale = Math.max(scale, Math.abs(entry));
  }

  /** Whether a coupling is no more than a share of the largest entry so far. */
  boolean endsBefore(double coupling, double share) {
    return finite(coupling) <= share * scale;
  }

  private static double finite(double entry) {
    if (!Double.isFinite(entry)) {
      throw new NotFiniteException("a product of the operator");
    }
    return entry;
  }

  int dimension() {
    return diagonal.size();
  }

  /** The matrix, column-major; a coupling to an entry that never came is left out. */
  double[] entries() {
    int d = dimension();
    double[] entries = new double[d * d];
    for (int i = 0; i < d; i++) {
      entries[i + i * d] = diagonal.get(i);
    }
    for (int i = 0; i < d - 1; i++) {
      entries[i + 1 + i * d] = couplings.get(i);
      entries[i + (i + 1) * d] = couplings.get(i);
    }
    return entries;
  }
}
