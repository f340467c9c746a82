package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import org.eigensweep.training.OptimizerSettings;

/**
 * How a trial is trained, its step size and seed aside.
 *
 * @param optimizer the base optimiser
 * @param warmUp what comes before each trunk
 * @param batches examples of each step; in the warm-up, of each step of a worker
 * @param steps updates a trial makes in all, trunk included
 * @param switchRule when the trunk ends
 */
public record TrainingPlan(
    OptimizerSettings optimizer, WarmUp warmUp, Batches batches, int steps, SwitchRule switchRule)
    implements Serializable {}
