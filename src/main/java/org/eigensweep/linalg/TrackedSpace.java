package org.eigensweep.linalg;

import java.io.Serializable;
import org.eigensweep.array.MatrixSource;

/**
 * What a tracker knows between two refreshes.
 *
 * @param basis n × pairs, orthonormal
 * @param lowest how far the spectrum was seen to reach below zero, as a negative number or zero
 */
public record TrackedSpace(MatrixSource basis, double lowest) implements Serializable {}
