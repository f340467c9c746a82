package org.eigensweep.linalg;

/**
 * A promise that a solver broke.
 *
 * @param promise which
 * @param step number of the operator, from 0
 * @param found what was found, and what was promised
 */
record Complaint(Promise promise, int step, String found) {
  enum Promise {
    /** Nothing is thrown but where products are not finite. */
    RETURNS,
    /** Products that are not finite are told by an exception. */
    REFUSES_WHAT_IS_NOT_FINITE,
    /** What was opened for a refused operator is closed. */
    CLOSES_ITS_SCOPES,
    /** As many pairs as asked for, in leading order. */
    ALL_PAIRS_IN_ORDER,
    ORTHONORMAL,
    /** A block's span is kept. */
    KEEPS_THE_SPAN,
    /** No pair is worse than its residual says. */
    HONEST_RESIDUALS,
    /** Where the solver says that it has converged, or tracked, it is within the tolerance. */
    WITHIN_THE_TOLERANCE,
    /** The pairs are the leading ones. */
    LEADING,
    /** With no error allowed, χ is right to the tolerance at every step. */
    REFRESHED,
    /** Mean error of χ. */
    MEAN_ERROR,
    /** Error of χ in a single step, where one is allowed in the mean. */
    SINGLE_ERROR,
    /** Products and refreshes are counted as they happen. */
    ACCOUNTS
  }

  @Override
  public String toString() {
    return promise + " at step " + step + ": " + found;
  }
}
