package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import org.eigensweep.array.MatrixSource;

/**
 * A point of a trajectory that is kept for later.
 *
 * @param step updates made so far
 * @param theta n × 1 parameters
 */
public record KeptPoint(int step, MatrixSource theta) implements Serializable {}
