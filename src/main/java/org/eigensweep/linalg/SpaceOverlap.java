package org.eigensweep.linalg;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.io.Serializable;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * How close the spaces of the leading columns of two bases U and V are, for every number k of
 * columns.
 *
 * @param overlaps ‖U_kᵀV_k‖²/k in the Frobenius norm, the mean squared cosine of the principal
 *     angles (Gur-Ari, Roberts and Dyer, arXiv 1812.04754, equation 5), at most 1; from k = 1
 * @param angles the largest principal angle in radians, at most π/2; from k = 1
 */
@SuppressWarnings("ArrayRecordComponent") // written to tables, never compared
public record SpaceOverlap(double[] overlaps, double[] angles) implements Serializable {
  /**
   * Compares two spaces.
   *
   * <p>The cosine of a small angle has lost its digits, so the sine is taken where the angle is
   * below 45° (Björck and Golub, Mathematics of Computation 27, 1973): it is the norm of the part
   * of V_k outside of U_k, which is what lies outside of all columns of U, and along those after k.
   *
   * @param first U, n × p, orthonormal to rounding
   * @param second V, n × p, orthonormal to rounding
   */
  public static SpaceOverlap between(Matrix first, Matrix second) {
    Device device = first.device();
    int p = first.columns();
    double[] inside;
    double[] outside;
    try (Scope temporary = device.open()) {
      Matrix products = temporary.matrix(p, p);
      Matrix rest = temporary.matrix(second.rows(), p);
      device.copy(second, rest);
      device.gemm(YES, NO, 1, first, rest, 0, products);
      inside = products.toDoubles();
      device.gemm(NO, NO, -1, first, products, 1, rest);
      device.gemm(YES, NO, 1, first, rest, 0, products); // what rounding left inside
      device.gemm(NO, NO, -1, first, products, 1, rest);
      device.gemm(YES, NO, 1, rest, rest, 0, products);
      outside = products.toDoubles();
    }
    double[] overlaps = new double[p];
    double[] angles = new double[p];
    for (int k = 1; k <= p; k++) {
      double[] cosines = gram(inside, p, 0, k, k);
      overlaps[k - 1] = Math.min(trace(cosines, k) / k, 1);
      angles[k - 1] = angle(cosines, sines(inside, outside, p, k), k);
    }
    return new SpaceOverlap(overlaps, angles);
  }

  /** The Gram matrix of V_k's part outside of U_k. */
  private static double[] sines(double[] inside, double[] outside, int p, int k) {
    double[] sines = gram(inside, p, k, p, k);
    for (int j = 0; j < k; j++) {
      for (int i = 0; i < k; i++) {
        sines[i + j * k] += outside[i + j * p];
      }
    }
    return sines;
  }

  private static double angle(double[] cosines, double[] sines, int k) {
    double largest = DenseEigen.of(sines, k, Which.LARGEST).values()[0];
    if (largest <= 0.5) {
      return Math.asin(Math.sqrt(Math.max(largest, 0)));
    }
    double smallest = DenseEigen.of(cosines, k, Which.LARGEST).smallest();
    return Math.acos(Math.sqrt(Math.min(Math.max(smallest, 0), 1)));
  }

  /** AᵀA, k × k, for the rows of a p × p matrix from one to before another, and k columns. */
  private static double[] gram(double[] matrix, int p, int from, int to, int k) {
    double[] gram = new double[k * k];
    for (int j = 0; j < k; j++) {
      for (int i = 0; i < k; i++) {
        for (int row = from; row < to; row++) {
          gram[i + j * k] += matrix[row + i * p] * matrix[row + j * p];
        }
      }
    }
    return gram;
  }

  private static double trace(double[] matrix, int k) {
    double trace = 0;
    for (int i = 0; i < k; i++) {
      trace += matrix[i + i * k];
    }
    return trace;
  }
}
