package org.eigensweep.linalg;

import java.io.Serializable;

/**
 * The distribution of an operator's eigenvalues, as point masses. It stands for (1/n)·Σδ(t − λᵢ).
 *
 * @param nodes where the masses are, ascending
 * @param weights one a node, positive or zero, of sum one to rounding
 * @param products operator-vector products spent
 */
@SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
public record SpectralDensity(double[] nodes, double[] weights, int products)
    implements Serializable {
  /**
   * The density smoothed by Gaussians, a curve of integral one.
   *
   * @param grid where it is evaluated
   * @param sigma standard deviation of the Gaussians, in the eigenvalues' unit: what is narrower is
   *     not resolved
   * @return one value a grid point
   */
  public double[] density(double[] grid, double sigma) {
    if (!(sigma > 0)) {
      throw new IllegalArgumentException(
          "a density was to be smoothed over a width of %s, expected more than 0".formatted(sigma));
    }
    double peak = 1 / (sigma * Math.sqrt(2 * Math.PI));
    double[] density = new double[grid.length];
    for (int j = 0; j < grid.length; j++) {
      for (int i = 0; i < nodes.length; i++) {
        double distance = (grid[j] - nodes[i]) / sigma;
        density[j] += weights[i] * peak * Math.exp(-distance * distance / 2);
      }
    }
    return density;
  }

  /**
   * Σ weight·nodeᵖ, an estimate of tr(Aᵖ)/n.
   *
   * @param power p, from 0
   */
  public double moment(int power) {
    if (power < 0) {
      throw new IllegalArgumentException(
          "moment %d was asked of a density, expected 0 or more".formatted(power));
    }
    double moment = 0;
    for (int i = 0; i < nodes.length; i++) {
      moment += weights[i] * Math.pow(nodes[i], power);
    }
    return moment;
  }

  /** The share of eigenvalues up to a bound, in [0, 1] to rounding. */
  public double cumulative(double bound) {
    double share = 0;
    for (int i = 0; i < nodes.length && nodes[i] <= bound; i++) {
      share += weights[i];
    }
    return share;
  }
}
