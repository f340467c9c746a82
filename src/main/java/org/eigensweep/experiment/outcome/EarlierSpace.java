package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import org.eigensweep.array.MatrixSource;

/**
 * The space at an earlier point, with which a later one is to be compared.
 *
 * @param step of the point
 * @param basis n × pairs, eigenvectors in leading order
 */
public record EarlierSpace(int step, MatrixSource basis) implements Serializable {}
