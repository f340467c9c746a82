package org.eigensweep.curvature;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.linalg.LinearOperator;
import org.eigensweep.linalg.NotFiniteException;

/**
 * How much of the Hessian's curvature in a space is that of the generalised Gauss–Newton matrix:
 * the rest is the curvature of the network itself, weighted by the residuals.
 *
 * @param gaussNewton Σᵢ uᵢᵀGuᵢ over an orthonormal basis of the space, the same for every basis
 * @param hessian Σᵢ uᵢᵀHuᵢ
 * @param products operator-vector products spent, on both operators together
 */
public record EnergyShare(double gaussNewton, double hessian, int products) {
  /**
   * Measures both sums with one block product each.
   *
   * @param gaussNewton G
   * @param hessian H, of the same size on the same device
   * @param vectors uᵢ, n × k, orthonormal: as a rule the leading eigenvectors of H
   * @throws IllegalArgumentException if the sizes differ, before any product
   * @throws NotFiniteException if a product is not finite
   */
  public static EnergyShare of(LinearOperator gaussNewton, LinearOperator hessian, Matrix vectors) {
    int n = vectors.rows();
    if (gaussNewton.size() != n || hessian.size() != n) {
      throw new IllegalArgumentException(
          "vectors of %d numbers do not fit a Gauss-Newton matrix of dimension %d and a Hessian of %d"
              .formatted(n, gaussNewton.size(), hessian.size()));
    }
    return new EnergyShare(
        energy(gaussNewton, vectors), energy(hessian, vectors), 2 * vectors.columns());
  }

  private static double energy(LinearOperator operator, Matrix vectors) {
    Device device = vectors.device();
    try (Scope scope = device.open()) {
      Matrix images = scope.matrix(vectors.rows(), vectors.columns());
      operator.apply(vectors, images);
      double energy = device.dot(vectors, images);
      if (!Double.isFinite(energy)) {
        throw new NotFiniteException("a product of the operator");
      }
      return energy;
    }
  }

  /**
   * {@link #gaussNewton} / {@link #hessian}: 1 where the residuals' part cancels, above 1 where it
   * is negative, and without a meaning where the Hessian's sum is not positive.
   */
  public double share() {
    return gaussNewton / hessian;
  }
}
