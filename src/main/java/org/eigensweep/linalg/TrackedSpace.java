package org.eigensweep.linalg;

import java.io.Serializable;
import org.eigensweep.array.HostMatrix;

/**
 * What a tracker knows between two refreshes.
 *
 * @param basis n × pairs, orthonormal
 * @param lowest how far the spectrum was seen to reach below zero, as a negative number or zero
 */
public record TrackedSpace(HostMatrix basis, double lowest) implements Serializable {}
