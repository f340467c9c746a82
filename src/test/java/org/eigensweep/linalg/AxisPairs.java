package org.eigensweep.linalg;

import java.util.Arrays;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** Ritz pairs of a basis of axes, where everything can be written down. */
final class AxisPairs {
  private AxisPairs() {}

  /**
   * The first axes as the Ritz vectors of an operator that maps axis i to its value times itself,
   * and adds to that something on the axes behind the basis: the residual vectors.
   *
   * @param scope owner of basis and product
   * @param n dimension of the operator
   * @param which the end of the spectrum that leads
   * @param measured pairs whose residuals are measured
   * @param values one an axis, in leading order
   * @param outside for each axis what is added on the axes behind the basis, zero where it ends
   */
  static RitzPairs of(
      Scope scope, int n, Which which, int measured, double[] values, double[]... outside) {
    int d = values.length;
    double[] axes = new double[n * d];
    double[] images = new double[n * d];
    double[] projected = new double[d * d];
    for (int i = 0; i < d; i++) {
      axes[i + i * n] = 1;
      images[i + i * n] = values[i];
      projected[i + i * d] = values[i];
      double[] added = i < outside.length ? outside[i] : new double[0];
      System.arraycopy(added, 0, images, d + i * n, added.length);
    }
    return RitzPairs.of(
        matrix(scope, n, axes), matrix(scope, n, images), projected, measured, which);
  }

  /** A column-major block. */
  static Matrix matrix(Scope scope, int rows, double... values) {
    Matrix matrix = scope.matrix(rows, values.length / rows);
    matrix.write(values);
    return matrix;
  }

  /** The columns of a block, each up to its sign. */
  static double[] absolute(Matrix block) {
    return Arrays.stream(block.toDoubles()).map(Math::abs).toArray();
  }
}
