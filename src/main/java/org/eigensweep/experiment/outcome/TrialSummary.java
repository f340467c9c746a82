package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import org.eigensweep.experiment.sweep.Trial;

/**
 * A finished trial in one row: how it ended, where, and what it cost.
 *
 * @param trial the trial
 * @param status how the trial ended
 * @param switchStep step of the switch, −1 if there was none
 * @param switchAlignment χ_k(∇L) at the switch, NaN if there was none
 * @param switchTrainLoss mean loss over the training set at the switch, NaN if there was none
 * @param branchAlignment mean χ_k(∇L) over the measured points from the switch on, NaN if there is
 *     none
 * @param divergedStep step at which the loss or its derivatives were first found not to be finite,
 *     −1 if the trial did not diverge
 * @param finalStep step of the last point, −1 if the trial diverged
 * @param finalTrainLoss mean loss over the training set at the last point, NaN if the trial
 *     diverged
 * @param finalTrainAccuracy share of right answers there, in [0, 1], or NaN
 * @param finalTestLoss mean loss over the test set there, or NaN
 * @param finalTestAccuracy share of right answers there, in [0, 1], or NaN
 * @param trunkCost what the trunk cost up to the switch, which other trials may share
 * @param branchCost what the branch cost, all zero if there was none; other ranks may share it
 */
public record TrialSummary(
    Trial trial,
    Status status,
    int switchStep,
    double switchAlignment,
    double switchTrainLoss,
    double branchAlignment,
    int divergedStep,
    int finalStep,
    double finalTrainLoss,
    double finalTrainAccuracy,
    double finalTestLoss,
    double finalTestAccuracy,
    Cost trunkCost,
    Cost branchCost)
    implements Serializable {

  /** Updates a second: of the branch, or of the trunk where there was no switch; NaN if unknown. */
  public double stepsPerSecond() {
    Cost cost = switchStep >= 0 ? branchCost : trunkCost;
    return cost.seconds() > 0 ? cost.steps() / cost.seconds() : Double.NaN;
  }
}
