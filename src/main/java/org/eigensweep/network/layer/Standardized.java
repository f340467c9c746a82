package org.eigensweep.network.layer;

import static org.eigensweep.array.Blocks.shared;

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
    this.normal = scope.matrix(rows, columns);
    this.inverse = scope.matrix(1, columns);
    device.copy(x, normal);
    subtractMeans(normal);
    device.fill(epsilon, inverse);
    addMeans(normal, normal, 1, inverse);
    device.map(Unary.RSQRT, inverse, inverse);
    device.multiply(normal, inverse, normal);
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
      device.sumEach(1.0 / rows, shared(x), 0, shared(means));
      device.spreadEach(-1, shared(means), 1, shared(x));
    }
  }

  /** means ← mean(x ⊙ y) + β·means, 1 × columns. */
  void addMeans(Matrix x, Matrix y, double beta, Matrix means) {
    device.sumProducts(1.0 / rows, x, y, beta, means);
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
    device.multiply(-1, normal, overlaps, 1, x);
    device.multiply(x, inverse, x);
  }
}
