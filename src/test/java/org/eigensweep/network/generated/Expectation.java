package org.eigensweep.network.generated;

/** What DL4J's score has to say about a network. */
sealed interface Expectation {
  /** DL4J itself has no finite score for it: there is nothing but a refusal. */
  record NoScore(String why) implements Expectation {}

  /** Two scores at one point differ: there is nothing but a refusal. */
  record Chance() implements Expectation {}

  /** A kink is too near, or differences of two sizes do not agree: it cannot be judged. */
  record Unclear(String why) implements Expectation {}

  /**
   * The values, with the regularisation that DL4J's score has.
   *
   * @param loss the score
   * @param gradient n slopes of the score
   * @param gradientError largest error of a slope
   * @param hessian n × n
   * @param hessianError largest error of an entry
   * @param fromGradient whether DL4J's gradient, found to be its score's slope, gave most of it
   */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  record Known(
      double loss,
      double[] gradient,
      double gradientError,
      double[][] hessian,
      double hessianError,
      boolean fromGradient)
      implements Expectation {
    /** The largest entry of the Hessian in magnitude. */
    double scale() {
      return Oracle.largest(hessian);
    }
  }
}
