package org.eigensweep.curvature;

import java.io.Serializable;

/**
 * How well parameters do on a data set.
 *
 * @param loss mean loss over the examples
 * @param accuracy share of examples whose largest output is their class, in [0, 1]; NaN where the
 *     objective has no classes
 */
public record Evaluation(double loss, double accuracy) implements Serializable {}
