package org.eigensweep.experiment.sweep;

/**
 * Consecutive steps of a trial whose base updates are made in one way.
 *
 * @param recipe how
 * @param start its first step, counted from 0
 * @param end the step after its last one
 */
public record Leg(Recipe recipe, int start, int end) {}
