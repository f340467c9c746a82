package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import org.eigensweep.training.UpdateRule;

/**
 * One point of a sweep.
 *
 * @param learningRate step size of the base optimiser
 * @param seed root of the trial's random streams
 * @param rank dimension k of the dominant space
 * @param rule how the update is projected after the switch
 */
public record Trial(double learningRate, long seed, int rank, UpdateRule rule)
    implements Serializable {
  /** The trial's name within its sweep: unique, stable, fit for a folder; its resume key. */
  public String id() {
    return "lr%s-seed%d-rank%d-%s".formatted(learningRate, seed, rank, rule.name());
  }
}
