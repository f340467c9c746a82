package org.eigensweep.spark.curve;

/**
 * Bins of eigenvalues, of equal width on the axis u(λ) = sgn(λ) ln(1 + |λ|/scale): linear around
 * zero and logarithmic far from it, on either side. Bin i holds [i·width, (i+1)·width) of u, so
 * that zero is an edge and no bin but that of zero itself holds both signs.
 *
 * @param scale the magnitude up to which the axis is about linear, above 0
 * @param width of each bin in u, above 0
 * @param first place of the lowest bin, negative below zero
 * @param bins how many there are, at least 1
 */
public record DensityAxis(double scale, double width, int first, int bins) {
  /** Bins that the range is divided into; where it does not begin at an edge, it takes one more. */
  private static final int DIVISIONS = 64;

  /** Decades below the largest eigenvalue at which the axis turns linear: three. */
  private static final double DEPTH = 1000;

  /** A fiftieth of u is two per cent of an eigenvalue, finer than a pixel of a figure. */
  private static final double FINEST = 0.02;

  public DensityAxis {
    if (!(scale > 0) || !(width > 0) || bins < 1) {
      throw new IllegalArgumentException(
          "scale %g, width %g, %d bins: expected all above 0".formatted(scale, width, bins));
    }
  }

  /**
   * An axis from the lowest to the highest of some eigenvalues.
   *
   * @param low the lowest
   * @param high the highest, at least as high
   * @param typical magnitude of the largest at an ordinary point, which one that diverges does not
   *     move; at least 0
   */
  public static DensityAxis of(double low, double high, double typical) {
    double scale = typical > 0 ? Math.max(typical / DEPTH, Double.MIN_NORMAL) : 1;
    double from = place(low, scale);
    double to = place(high, scale);
    double width = Math.max((to - from) / DIVISIONS, FINEST);
    int first = (int) Math.floor(from / width);
    return new DensityAxis(scale, width, first, (int) Math.floor(to / width) - first + 1);
  }

  private static double place(double eigenvalue, double scale) {
    return Math.signum(eigenvalue) * StrictMath.log1p(Math.abs(eigenvalue) / scale);
  }

  /**
   * The lower edge of a bin as an eigenvalue.
   *
   * @param bin from {@code first}; the one behind the last has the upper edge of the last
   */
  public double edge(int bin) {
    double place = bin * width;
    return Math.signum(place) * scale * Math.expm1(Math.abs(place));
  }

  /** The bin of an eigenvalue. */
  public int bin(double eigenvalue) {
    return (int) Math.floor(place(eigenvalue, scale) / width);
  }

  /** The bin of the column {@code node}, as an expression of Spark SQL. */
  String sql() {
    return "cast(floor(signum(node) * log1p(abs(node) / %s) / %s) as int)"
        .formatted(literal(scale), literal(width));
  }

  private static String literal(double number) {
    return "double('%s')".formatted(number);
  }
}
