package org.eigensweep.spark.progress;

/**
 * The latest rows of a trunk or a branch that runs.
 *
 * @param loss over the training set; NaN if not known yet
 * @param alignment χ_k of the gradient in the latest row that has it; NaN if not known yet
 */
record Sighting(double loss, double alignment) {
  static final Sighting NONE = new Sighting(Double.NaN, Double.NaN);

  Sighting withLoss(double seen) {
    return new Sighting(seen, alignment);
  }

  Sighting withAlignment(double seen) {
    return new Sighting(loss, seen);
  }
}
