package org.eigensweep.experiment.outcome;

import java.io.Serializable;

/**
 * What a part of a trial cost.
 *
 * @param steps updates made
 * @param products Hessian-vector products
 * @param corrections bases brought up to date for one vector
 * @param refreshes eigenspaces computed or tracked
 * @param coldSolves refreshes that had to start from scratch, the first one included
 * @param seconds wall-clock time
 */
public record Cost(
    int steps, long products, int corrections, int refreshes, int coldSolves, double seconds)
    implements Serializable {}
