package org.eigensweep.linalg;

import java.io.Serializable;
import org.eigensweep.array.MatrixSource;

/**
 * The space that a tracker found at a point.
 *
 * @param point n × 1, the parameters
 * @param basis n × pairs, orthonormal
 */
public record SpaceAt(MatrixSource point, MatrixSource basis) implements Serializable {}
