package org.eigensweep.experiment.sweep;

import java.io.Serializable;

/**
 * One point of a sweep.
 *
 * @param learningRate step size of the base optimiser
 * @param batches examples of a step, where the sweep has an axis of them
 * @param seed root of the trial's random streams
 * @param rank dimension k of the dominant space
 * @param branch what is done after the switch
 */
public record Trial(
    double learningRate, Setting<Batches> batches, long seed, int rank, Continuation branch)
    implements Serializable {
  /** A trial with the batches of the plan. */
  public Trial(double learningRate, long seed, int rank, Continuation branch) {
    this(learningRate, Setting.inherited(), seed, rank, branch);
  }

  /** The trial's name within its sweep: unique, stable, fit for a folder; its resume key. */
  public String id() {
    return "%s-rank%d-%s".formatted(Trunk.id(learningRate, batches, seed), rank, branch.name());
  }
}
