package org.eigensweep.linalg;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * The step of power iteration that closes a refresh: from Ritz vectors u to (A − σ)u, whose
 * products are at hand. It multiplies what a vector holds of an eigenvector by |λ − σ|, and so
 * weakens what does not belong to the space. The shift σ is zero where the spectrum hardly reaches
 * below zero, as that of a loss does; otherwise it is the middle of the negative part, so that a
 * negative eigenvalue that outweighs the last wanted one does not draw the basis to itself.
 *
 * @param settings what is followed
 * @param lowest how far the spectrum was seen to reach below zero, as a negative number or zero
 */
record ClosingStep(SolverSettings settings, double lowest) {
  /**
   * Reach below zero, as a share of the last wanted eigenvalue, from which the step is shifted;
   * without a shift, a step then at least halves what is negative.
   */
  private static final double HARMLESS_REACH = 0.5;

  /** How much of the guard is renewed; its eigenvalue is off by the square of that. */
  private static final double STIR = 0.01;

  /**
   * The space one step on, and the guard.
   *
   * @param ritz the pairs found, at least those of the settings
   * @param number of the steps since the tracker began or began again
   * @param orthonormalizer fills the guard where the basis had no vector for it
   * @param owner owner of the result
   * @return n × (pairs + 1), or n × n; orthonormal, the guard in the last column
   */
  Matrix advanced(RitzPairs ritz, long number, Orthonormalizer orthonormalizer, Scope owner) {
    Device device = ritz.basis().device();
    int n = ritz.basis().rows();
    int wanted = Math.min(n, settings.pairs() + 1);
    int known = Math.min(wanted, ritz.dimension());
    Matrix next = owner.matrix(n, wanted);
    ritz.images(next.columns(0, known));
    double shift = shift(ritz);
    if (shift != 0) {
      try (Scope temporary = device.open()) {
        Matrix vectors = temporary.matrix(n, known);
        ritz.vectors(vectors);
        device.axpy(-shift, vectors, next.columns(0, known));
      }
    }
    if (known < wanted) {
      orthonormalizer.fillRandom(next.columns(known, wanted - known));
    }
    Matrix space = next.columns(0, settings.pairs());
    orthonormalizer.orthonormalize(space);
    if (wanted > settings.pairs()) {
      // apart, so that a poor guard cannot mix with the space
      Matrix guard = next.column(settings.pairs());
      orthonormalizer.orthonormalize(guard, space);
      stir(guard, number);
      orthonormalizer.orthonormalize(guard, space);
    }
    return next;
  }

  /**
   * Adds a little of everything to the guard, so that it can find eigenvectors to which all that is
   * known is orthogonal: something else each time, and the same in each run.
   */
  private static void stir(Matrix guard, long number) {
    int n = guard.rows();
    try (Scope temporary = guard.device().open()) {
      Matrix all = temporary.matrix(n, 1);
      all.write(new GaussianVector(n, number));
      guard.device().axpy(STIR / Math.sqrt(n), all, guard);
    }
  }

  /**
   * The share that the step leaves, at most, of what lies outside the space and belongs to a pair;
   * 1 where the step makes nothing smaller.
   */
  double kept(RitzPairs ritz, int pair) {
    if (ritz.dimension() == settings.pairs()) {
      return 1;
    }
    double shift = shift(ritz);
    double outside =
        Math.max(Math.abs(ritz.value(settings.pairs()) - shift), Math.abs(lowest - shift));
    double inside = Math.abs(ritz.value(pair) - shift);
    return outside < inside ? outside / inside : 1;
  }

  /** σ, from which every unwanted eigenvalue is nearer than the wanted ones. */
  private double shift(RitzPairs ritz) {
    double last = ritz.value(settings.pairs() - 1);
    return switch (settings.which()) {
      case MAGNITUDE -> 0;
      case LARGEST -> {
        if (-lowest <= HARMLESS_REACH * last) {
          yield 0;
        }
        // below zero the wanted part itself is negative: then everything counts from the lowest
        yield last > 0 ? lowest / 2 : lowest;
      }
    };
  }
}
