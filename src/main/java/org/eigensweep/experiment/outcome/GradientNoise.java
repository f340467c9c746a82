package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The covariance C of the mini-batch gradient at a point, estimated from some mini-batches.
 *
 * @param trace tr C = E‖g_B − E g_B‖²; NaN where it was not measured
 * @param along u_iᵀCu_i, one a pair; NaN where it was not measured
 */
@SuppressWarnings("ArrayRecordComponent") // written to tables, never compared
public record GradientNoise(double trace, double[] along) implements Serializable {
  /** Not measured, at so many pairs. */
  public static GradientNoise unknown(int pairs) {
    double[] along = new double[pairs];
    Arrays.fill(along, Double.NaN);
    return new GradientNoise(Double.NaN, along);
  }

  /** tr P_k C, the trace within the space of the k leading pairs; NaN where it is not known. */
  public double within(int k) {
    return k <= along.length ? Arrays.stream(along, 0, k).sum() : Double.NaN;
  }
}
