package org.eigensweep.linalg;

import java.io.Serializable;

/**
 * An estimate of a trace, and how far off it may be.
 *
 * @param value unbiased over the random vectors
 * @param standardError estimated standard deviation of the value; 0 where the value is exact but
 *     for rounding, which it never includes
 * @param products operator-vector products spent
 */
public record TraceEstimate(double value, double standardError, int products)
    implements Serializable {}
