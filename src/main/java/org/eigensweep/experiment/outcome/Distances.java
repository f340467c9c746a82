package org.eigensweep.experiment.outcome;

import java.io.Serializable;

/**
 * How far a point of a branch is from others, in parameter space.
 *
 * @param fromSwitch ‖θ_t−θ_s‖ from the switch point s; NaN in the trunk
 * @param fromPlain ‖θ_t−θ'_t‖ from where plain training is at the same step; NaN where that is not
 *     measured, and where plain training has diverged
 */
public record Distances(double fromSwitch, double fromPlain) implements Serializable {
  /** None is known. */
  public static final Distances UNKNOWN = new Distances(Double.NaN, Double.NaN);
}
