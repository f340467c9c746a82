package org.eigensweep.experiment.outcome;

import java.io.Serializable;

/**
 * How the space that steers a trajectory was followed from one row of the tables to the next: what
 * tells an unstable method from a space that was lost.
 *
 * @param products Hessian-vector products
 * @param corrections bases brought up to date for one vector
 * @param refreshes spaces refreshed
 * @param coldSolves refreshes that started from scratch
 * @param error the largest estimated error of a step; NaN where nothing was followed
 */
public record SteeringAccount(
    long products, int corrections, int refreshes, int coldSolves, double error)
    implements Serializable {
  /** Nothing was followed. */
  public static final SteeringAccount NOTHING = new SteeringAccount(0, 0, 0, 0, Double.NaN);
}
