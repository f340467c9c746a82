package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import org.eigensweep.linalg.SolverSettings;

/**
 * What is followed along a trial, and how exactly.
 *
 * @param eigenspace leading pairs that are measured, and how a space is solved for
 * @param error mean error that is allowed where a vector is projected
 * @param measureEvery steps between two rows of the tables
 */
public record Following(SolverSettings eigenspace, double error, int measureEvery)
    implements Serializable {}
