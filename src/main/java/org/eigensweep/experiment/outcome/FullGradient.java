package org.eigensweep.experiment.outcome;

import java.io.Serializable;

/**
 * The gradient g of the training loss at a point.
 *
 * @param along what the pairs see of it
 * @param outsideNorm ‖r‖ of its part r outside of all pairs
 * @param rounding length up to which a part of it may be nothing but rounding
 */
public record FullGradient(Components along, double outsideNorm, double rounding)
    implements Serializable {
  /** Not measured. */
  public static final FullGradient MISSING =
      new FullGradient(Components.missing(0), Double.NaN, Double.NaN);
}
