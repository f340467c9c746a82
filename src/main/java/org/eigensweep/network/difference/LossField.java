package org.eigensweep.network.difference;

import java.util.Arrays;
import org.eigensweep.array.Precision;

/**
 * A loss and its claimed gradient as functions of the parameters, and finite differences of both.
 */
interface LossField {
  /** Share of a loss that its rounding may be: a few hundred roundoffs, of sums and of DL4J. */
  double ROUNDING = 1e-13;

  /** Cube root of float64's roundoff, where truncation and rounding of a difference meet. */
  double STEP = Math.cbrt(Precision.FLOAT64.roundoff());

  /**
   * What there is at one θ.
   *
   * @param loss the mean over the examples
   * @param gradient n numbers
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Point(double loss, double[] gradient) {}

  /** Value and gradient at θ. */
  Point at(double[] theta);

  /** Length of the step of a difference at θ. */
  static double step(double[] theta) {
    return STEP * (1 + norm(theta));
  }

  /** Rounding of a slope whose step is the usual one divided by {@code shorter}. */
  static double rounding(double[] theta, Point here, double shorter) {
    return ROUNDING * Math.abs(here.loss()) * shorter / step(theta);
  }

  /** The loss's slope along a direction, by the usual step divided by {@code shorter}. */
  default double slope(double[] theta, double[] direction, double shorter) {
    double step = step(theta) / shorter;
    double ahead = at(moved(theta, step, direction)).loss();
    double behind = at(moved(theta, -step, direction)).loss();
    return (ahead - behind) / (2 * step);
  }

  /** The derivative of the gradient along a vector, by a step of so much length. */
  default double[] product(double[] theta, double[] vector, double step) {
    double times = step / norm(vector);
    double[] ahead = at(moved(theta, times, vector)).gradient();
    double[] behind = at(moved(theta, -times, vector)).gradient();
    double[] product = new double[theta.length];
    Arrays.setAll(product, i -> (ahead[i] - behind[i]) / (2 * times));
    return product;
  }

  /** from + times · direction. */
  static double[] moved(double[] from, double times, double[] direction) {
    double[] sum = from.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += times * direction[i];
    }
    return sum;
  }

  /** ⟨a, b⟩. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** ‖a‖. */
  static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }
}
