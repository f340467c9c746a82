package org.eigensweep.report;

/**
 * How much of a spectral density is bulk: eigenvalues whose magnitude is small beside the largest.
 *
 * @param near the share of eigenvalues within {@link #WIDTH} of the largest magnitude around zero
 * @param below the share of eigenvalues below those
 */
public record SpectrumBulk(double near, double below) {
  /** The width of the bulk on either side of zero, relative to the largest magnitude. */
  public static final double WIDTH = 0.01;

  /**
   * The bulk of point masses.
   *
   * @param nodes where they are
   * @param weights one a node, of sum one
   */
  public static SpectrumBulk of(double[] nodes, double[] weights) {
    double largest = 0;
    for (double node : nodes) {
      largest = Math.max(largest, Math.abs(node));
    }
    double near = 0;
    double below = 0;
    for (int i = 0; i < nodes.length; i++) {
      if (Math.abs(nodes[i]) <= WIDTH * largest) {
        near += weights[i];
      } else if (nodes[i] < 0) {
        below += weights[i];
      }
    }
    return new SpectrumBulk(near, below);
  }
}
