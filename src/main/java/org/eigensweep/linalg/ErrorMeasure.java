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
}
