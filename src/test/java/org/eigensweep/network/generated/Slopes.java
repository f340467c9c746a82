package org.eigensweep.network.generated;

import java.util.function.ToDoubleFunction;

/**
 * Central differences of a function along every coordinate, of two step sizes.
 *
 * @param value the function there
 * @param slopes extrapolated from both
 * @param errors |D(h) − D(2h)| is three times the error of D(h), and much more than that of the
 *     extrapolated value; rounding is 1e-16 of the value, a hundred operations deep, over h
 * @param kink the largest jump of a slope within 2h of the point
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Slopes(double value, double[] slopes, double[] errors, double kink) {
  static final double STEP = 1e-4;

  static Slopes of(ToDoubleFunction<double[]> function, double[] theta) {
    double value = function.applyAsDouble(theta);
    double[] slopes = new double[theta.length];
    double[] errors = new double[theta.length];
    double kink = 0;
    for (int i = 0; i < theta.length; i++) {
      double[] axis = new double[theta.length];
      axis[i] = 1;
      double[] along = along(function, theta, axis, value);
      slopes[i] = along[0];
      errors[i] = along[1];
      kink = Math.max(kink, along[2]);
    }
    return new Slopes(value, slopes, errors, kink);
  }

  /** Slope, its error, and the jump of the slope, along a direction. */
  static double[] along(
      ToDoubleFunction<double[]> function, double[] theta, double[] direction, double value) {
    double[] f = new double[5];
    for (int k = -2; k <= 2; k++) {
      f[k + 2] = k == 0 ? value : function.applyAsDouble(moved(theta, direction, k * STEP));
    }
    double near = (f[3] - f[1]) / (2 * STEP);
    double far = (f[4] - f[0]) / (4 * STEP);
    // A smooth function's second differences agree; a jump J of the slope adds J/h and J/2h.
    double curved = (f[3] - 2 * value + f[1]) / (STEP * STEP);
    double wider = (f[4] - 2 * value + f[0]) / (4 * STEP * STEP);
    double error = Math.abs(near - far) + 1e-14 * (1 + Math.abs(value)) / STEP;
    return new double[] {(4 * near - far) / 3, error, 2 * STEP * Math.abs(curved - wider)};
  }

  static double[] moved(double[] theta, double[] direction, double step) {
    double[] moved = theta.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    return moved;
  }
}
