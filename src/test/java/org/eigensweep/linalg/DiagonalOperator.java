package org.eigensweep.linalg;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** A diagonal operator, whose eigenvectors are the unit vectors, and which counts its products. */
public final class DiagonalOperator implements LinearOperator {
  private final Matrix diagonal;
  private int products;

  /** The operator with the given diagonal, which the scope owns. */
  public DiagonalOperator(double[] values, Scope scope) {
    this.diagonal = scope.matrix(values.length, 1);
    diagonal.write(values);
  }

  @Override
  public Device device() {
    return diagonal.device();
  }

  @Override
  public int size() {
    return diagonal.rows();
  }

  @Override
  public void apply(Matrix x, Matrix y) {
    products += x.columns();
    for (int j = 0; j < x.columns(); j++) {
      device().multiply(x.column(j), diagonal, y.column(j));
    }
  }

  /** Vectors multiplied so far. */
  public int products() {
    return products;
  }
}
