package org.eigensweep.network.layer;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Unary;

/**
 * The columns of a matrix, each less its mean and over its deviation: n = r·(x − mean x) with r =
 * 1/√(variance + ε), the variance divided by the number of rows.
 *
 * <p>A tangent of x gives ṅ = r·Aẋ with Ax = x − mean x − n·mean(n ⊙ x), which is symmetric, and ṙ
 * = −r²·mean(n ⊙ ẋ). Means are over a column.
 */
final class Standardized {
  private final Device device;
  private final ColumnSums sums;
  private final int rows;
  private final int columns;
  private final Matrix normal;
  private final Matrix inverse;

  /**
   * Standardises columns.
   *
   * @param x left as it is
   * @param epsilon ε
   * @param scope owner of everything that is kept
   */
  Standardized(Matrix x, double epsilon, Scope scope) {
    this.device = x.device();
    this.rows = x.rows();
    this.columns = x.columns();
    this.sums = ColumnSums.of(rows, device);
    this.normal = scope.matrix(rows, columns);
    this.inverse = scope.matrix(1, columns);
    device.copy(x, normal);
    subtractMeans(normal);
    device.fill(epsilon, inverse);
    addMeans(normal, normal, 1, inverse);
    device.map(Unary.RSQRT, inverse, inverse);
    device.scaleColumns(normal, inverse, normal);
  }

  /** n, shaped as x. */
  Matrix normal() {
    return normal;
  }

  /** r, 1 × columns. */
  Matrix inverse() {
    return inverse;
  }

  private void subtractMeans(Matrix x) {
    try (Scope temporary = device.open()) {
      Matrix means = temporary.matrix(1, columns);
      sums.sum(1.0 / rows, x, 0, means);
      sums.subtract(means, x);
    }
  }

  /** means ← mean(x ⊙ y) + β·means, 1 × columns. */
  void addMeans(Matrix x, Matrix y, double beta, Matrix means) {
    try (Scope temporary = device.open()) {
      Matrix products = temporary.matrix(rows, columns);
      device.multiply(x, y, products);
      sums.sum(1.0 / rows, products, beta, means);
    }
  }

  /** Column j of y takes α·f_j of that of x in addition. */
  void addScaled(double alpha, Matrix x, Matrix factors, Matrix y) {
    try (Scope temporary = device.open()) {
      Matrix scaled = temporary.matrix(rows, columns);
      device.scaleColumns(x, factors, scaled);
      device.axpy(alpha, scaled, y);
    }
  }

  /**
   * x ← r·(Ax − n·b), where b is what {@code overlaps} held; with β = 0 that is not read.
   *
   * @param x as many columns as were standardised
   * @param beta 0 or 1
   * @param overlaps 1 × columns, overwritten by mean(n ⊙ x) + b
   */
  void project(Matrix x, double beta, Matrix overlaps) {
    addMeans(normal, x, beta, overlaps);
    subtractMeans(x);
    addScaled(-1, normal, overlaps, x);
    device.scaleColumns(x, inverse, x);
  }
}
