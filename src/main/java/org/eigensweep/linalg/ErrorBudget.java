package org.eigensweep.linalg;

/**
 * Decides which estimated errors are accepted so that their running mean stays within an allowed
 * one. What a step leaves unused, later steps may spend: an estimate a few times the allowed error
 * is accepted now and then, one of more than {@value #MOST} times it never. A true error is seldom
 * more than twice its estimate, so a single one is seldom more than ten times what is allowed.
 */
final class ErrorBudget {
  /** Weight of the past in the running mean, which so looks back over some ten steps. */
  private static final double MEMORY = 0.9;

  /** Allowed errors that a single estimate may reach. */
  private static final double MOST = 5;

  private final double allowed;
  private double mean;
  private double expected;

  /** A budget of which nothing is spent; with 0 allowed it accepts nothing. */
  ErrorBudget(double allowed) {
    this.allowed = allowed;
  }

  /** Goes on from what another budget had come to. */
  void restore(double mean, double expected) {
    this.mean = mean;
    this.expected = expected;
  }

  /** Running mean of the estimates. */
  double mean() {
    return mean;
  }

  /** Estimate that the next correction is expected to have. */
  double expected() {
    return expected;
  }

  /** Whether an error like the latest ones would be accepted, so that it pays to try. */
  boolean admits() {
    return allowed > 0 && after(expected) <= allowed && expected <= MOST * allowed;
  }

  /** Spends an estimated error, or refuses it; one that is not a number is refused. */
  boolean accepts(double estimate) {
    expected = estimate;
    double spent = after(estimate);
    if (spent <= allowed && estimate <= MOST * allowed) {
      mean = spent;
      return true;
    }
    return false;
  }

  /**
   * Takes note of an error that is there; what was too large is the sooner tried again. An error
   * that is not finite is unknown, as where the edge lies on the last pair. It counts as a whole
   * vector, so that it is forgotten like any other.
   */
  void spend(double error) {
    mean = after(Double.isFinite(error) ? error : 1);
    expected = Double.isFinite(expected) ? MEMORY * expected : 0;
  }

  private double after(double estimate) {
    return MEMORY * mean + (1 - MEMORY) * estimate;
  }
}
