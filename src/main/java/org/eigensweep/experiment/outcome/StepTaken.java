package org.eigensweep.experiment.outcome;

import java.io.Serializable;

/**
 * The step made from a point, or as much of it as was made.
 *
 * @param minibatchGradient the gradient over the step's examples
 * @param baseUpdate the displacement that the base optimiser would make, before the update rule
 * @param update Δ, the displacement θ_{t+1}−θ_t, after the update rule
 * @param outsideDotUpdate ⟨r, Δ⟩ with the part r of the full gradient outside of all pairs; NaN
 *     where Δ is missing
 * @param outsideCurvature ⟨d, Hd⟩ with the part d of Δ outside of all pairs; NaN where Δ is
 *     missing, or where loss changes are partial
 * @param minibatchLoss loss over the step's examples, at θ_t; NaN where Δ is missing
 * @param lossAfter training loss at θ_{t+1}; NaN where Δ is missing, or where loss changes are
 *     partial
 */
public record StepTaken(
    Components minibatchGradient,
    Components baseUpdate,
    Components update,
    double outsideDotUpdate,
    double outsideCurvature,
    double minibatchLoss,
    double lossAfter)
    implements Serializable {
  /** No step, seen by so many pairs. */
  public static StepTaken none(int pairs) {
    Components missing = Components.missing(pairs);
    double none = Double.NaN;
    return new StepTaken(missing, missing, missing, none, none, none, none);
  }
}
