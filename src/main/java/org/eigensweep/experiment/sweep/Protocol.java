package org.eigensweep.experiment.sweep;

import java.io.Serializable;

/**
 * What all trials of a sweep have in common, the problem aside.
 *
 * @param plan how the problem is trained
 * @param following what is followed meanwhile
 */
public record Protocol(TrainingPlan plan, Following following) implements Serializable {}
