package org.eigensweep.linalg;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * What a {@link DirectedCorrection} leaves of an error, by estimate.
 *
 * <p>Along an eigenvector outside the space with eigenvalue μ, the pair i is off by c/(λ_i − μ). A
 * correction knows the numerator alone, as a sum over all that is outside. It takes ρ for μ where
 * the basis tilts towards v, and zero where the projection moves. So it leaves the share |μ −
 * ρ|/(λ_i − μ) of the tilt, and |μ|/(λ_i − μ) of the move. Either is largest at an end of what may
 * lie outside. Where an eigenvalue has changed since it was known, it is taken to have fallen, and
 * no less than its relative change is left.
 *
 * <p>That is of first order. To second order the projection of Ua + rb changes by XXᵀrb − UXᵀXa, of
 * which a correction knows what lies along r and Xp. Of the rest it is assumed that the columns of
 * X are about as long as Xp, and point anywhere. So an eigenvector that jumps alone, and that the
 * vector hardly meets, is not seen to second order.
 *
 * @param made what was corrected
 * @param values Λ, as it was last known
 * @param edge the first eigenvalue outside, or more
 * @param lowest the last eigenvalue, or less
 */
@SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
record CorrectionError(DirectedCorrection made, double[] values, double edge, double lowest) {
  /** Share of its own size that a correction is taken to leave, at least. */
  static final double LEFT = 0.125;

  /**
   * The error by estimate.
   *
   * @param edge the first eigenvalue outside, as it was last known
   * @param lowest the last eigenvalue, zero if it is positive
   */
  static ProjectionError of(DirectedCorrection made, double[] values, double edge, double lowest) {
    double rho = made.outside();
    return new CorrectionError(made, values, Math.max(edge, rho), Math.min(lowest, rho))
        .estimate(edge);
  }

  private ProjectionError estimate(double known) {
    double[] left = new double[values.length];
    double[] inside = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      left[i] = times(share(i, made.outside()), Math.abs(made.tilts()[i]));
      inside[i] = (1 + square(made.swing())) * left[i] + made.mixed(i);
    }
    double tilt = ProjectionError.norm(made.tilts());
    double move = moveLeft();
    return new ProjectionError(
        inside,
        times(move, made.turned()) + tilt * made.swing(),
        Math.hypot(tiltOfChi(ProjectionError.norm(left), tilt), times(move, made.moved())),
        values,
        known);
  }

  /**
   * The error of χ by what is left of the tilt: to first order the share of what the tilt changed
   * of χ, to second its square, and all of it where the projection vanishes.
   */
  private double tiltOfChi(double left, double tilt) {
    if (tilt == 0) {
      return 0;
    }
    double chi = 0;
    double along = 0;
    for (int i = 0; i < values.length; i++) {
      double now = made.chi() * made.shares()[i] + made.tilts()[i];
      chi += square(now);
      along += now * made.tilts()[i];
    }
    chi = Math.sqrt(chi);
    if (chi == 0) {
      return left;
    }
    return left / tilt * Math.abs(along) / chi + Math.min(left, square(left) / (2 * chi));
  }

  /** The share that is left of the move, of which all pairs are taken to have moved as far. */
  private double moveLeft() {
    double[] left = new double[values.length];
    Arrays.setAll(left, i -> times(share(i, 0), made.shares()[i]));
    return ProjectionError.norm(left);
  }

  /** The share that is left for a pair of what was made with some number in the place of μ. */
  private double share(int pair, double inPlace) {
    double value = values[pair] * (1 - made.aged());
    if (edge >= value) {
      return Double.POSITIVE_INFINITY;
    }
    double above = Math.abs(edge - inPlace) / (value - edge);
    double below = Math.abs(inPlace - lowest) / (value - lowest);
    return DoubleStream.of(LEFT, made.aged(), above, below).max().orElseThrow();
  }

  private static double square(double x) {
    return x * x;
  }

  private static double times(double factor, double x) {
    return x == 0 ? 0 : factor * x;
  }
}
