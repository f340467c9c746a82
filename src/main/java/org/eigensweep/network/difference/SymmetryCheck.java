package org.eigensweep.network.difference;

import static org.eigensweep.network.difference.LossField.dot;
import static org.eigensweep.network.difference.LossField.norm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * How far the derivative of what is called a gradient is from symmetric.
 *
 * @param field loss and gradient
 * @param random where vectors come from
 */
record SymmetryCheck(LossField field, Random random) {
  /**
   * Share of ‖Hv‖ by which uᵀHv and vᵀHu may differ. Rounding and truncation of the differences
   * leave less than 1e-6; a matrix whose antisymmetric part is a tenth of it has 0.2 on average,
   * and six pairs are tried.
   */
  static final double ASYMMETRY = 1e-2;

  private static final int VECTORS = 4;

  /** The least of three steps: a kink breaks the symmetry by chance, and hardly at every step. */
  double least(double[] theta, LossField.Point here) {
    double least = Double.POSITIVE_INFINITY;
    for (double shorter : new double[] {16, 64, 16}) {
      least = Math.min(least, asymmetry(theta, here, LossField.step(theta) / shorter));
      if (least <= ASYMMETRY) {
        return least;
      }
    }
    return least;
  }

  /**
   * The largest |uᵀHv − vᵀHu| relative to ‖Hu‖ and ‖Hv‖, with standard normal u and v; or relative
   * to what rounding makes of a product where there is no curvature.
   */
  private double asymmetry(double[] theta, LossField.Point here, double step) {
    List<double[]> vectors = new ArrayList<>();
    List<double[]> products = new ArrayList<>();
    double largest = 0;
    for (int j = 0; j < VECTORS; j++) {
      double[] vector = new double[theta.length];
      Arrays.setAll(vector, i -> random.nextGaussian());
      double[] product = field.product(theta, vector, step);
      for (int i = 0; i < j; i++) {
        double apart = Math.abs(dot(vectors.get(i), product) - dot(vector, products.get(i)));
        double size = Math.sqrt(norm(product) * norm(products.get(i)));
        double terms = Math.abs(here.loss()) + norm(here.gradient());
        double rounding = LossField.ROUNDING * terms * norm(vector) / step / ASYMMETRY;
        largest = Math.max(largest, apart == 0 ? 0 : apart / (size + rounding));
      }
      vectors.add(vector);
      products.add(product);
    }
    return largest;
  }
}
