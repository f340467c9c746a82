package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import org.eigensweep.linalg.Stop;

/**
 * The eigenpairs at a point, in leading order.
 *
 * @param eigenvalues λ_i of the Hessian, one a pair
 * @param residuals measured ‖Hu_i−λ_i u_i‖ relative to the largest |λ|, one a pair
 * @param products Hessian-vector products spent on them
 * @param stop how they were found; null where nothing was measured
 */
@SuppressWarnings("ArrayRecordComponent") // written to tables, never compared
public record Pairs(double[] eigenvalues, double[] residuals, int products, Stop stop)
    implements Serializable {
  /** None, as where no eigenspace was measured. */
  public static final Pairs NONE = new Pairs(new double[0], new double[0], 0, null);

  /** How many there are. */
  public int count() {
    return eigenvalues.length;
  }
}
