package org.eigensweep.linalg;

import java.io.Serializable;
import org.eigensweep.array.MatrixSource;

/**
 * What a tracker knows between two refreshes.
 *
 * @param basis orthonormal; n × (pairs + 1), the last column outside the space, or n × n where the
 *     operator has no more pairs
 * @param lowest how far the spectrum was seen to reach below zero, as a negative number or zero
 * @param patience products that following may take
 */
public record TrackedSpace(MatrixSource basis, double lowest, int patience)
    implements Serializable {}
