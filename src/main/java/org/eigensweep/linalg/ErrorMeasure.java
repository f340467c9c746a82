package org.eigensweep.linalg;

/** What of a projection's error counts. */
@FunctionalInterface
public interface ErrorMeasure {
  /** The error of the alignment χ = ‖Pv‖/‖v‖, for a vector that is only looked at. */
  ErrorMeasure ALIGNMENT = ProjectionError::alignment;

  /** The size of an error, relative to the vector that was projected. */
  double of(ProjectionError error);

  /**
   * The error of an update that is applied, weighed with how much of it comes back.
   *
   * @param learningRate η
   */
  static ErrorMeasure ofUpdate(double learningRate) {
    return error -> error.weighed(learningRate);
  }

  /**
   * The same error, of a projection that enters an update with a factor.
   *
   * @param factor of Pv, its sign aside; below 1 it counts as 1, so that no rule is followed less
   *     exactly than a plain projection
   */
  default ErrorMeasure times(double factor) {
    double size = Math.max(1, Math.abs(factor));
    return error -> size * of(error);
  }
}
