package org.eigensweep.experiment.sweep;

/**
 * What tables say of a problem.
 *
 * @param model the architecture, or the kind of function where the problem is no network
 * @param loss name of the training loss
 * @param train the training examples
 * @param test the held-out examples
 */
public record ProblemLabels(String model, String loss, Examples train, Examples test) {
  /**
   * What tables say of a set of examples.
   *
   * @param source where the examples come from; null if there are none
   * @param sha256 hexadecimal digest of their values; null if they are not data
   */
  public record Examples(String source, String sha256) {
    /** No examples. */
    public static final Examples NONE = new Examples(null, null);
  }
}
