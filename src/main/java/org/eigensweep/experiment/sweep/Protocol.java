package org.eigensweep.experiment.sweep;

import java.io.Serializable;

/**
 * What all trials of a sweep have in common, the data aside.
 *
 * @param network what is trained
 * @param plan how it is trained
 * @param following what is followed meanwhile
 */
public record Protocol(NetworkSettings network, TrainingPlan plan, Following following)
    implements Serializable {}
