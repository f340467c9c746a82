package org.eigensweep.linalg;

import static org.eigensweep.array.Transpose.NO;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** A matrix as an operator, which counts its products. */
final class DenseOperator implements LinearOperator {
  private final Matrix matrix;
  private int products;

  DenseOperator(SymmetricMatrix oracle, Scope scope) {
    this.matrix = scope.copyOf(SymmetricMatrix.host(oracle.entries()));
  }

  @Override
  public Device device() {
    return matrix.device();
  }

  @Override
  public int size() {
    return matrix.rows();
  }

  @Override
  public void apply(Matrix x, Matrix y) {
    products += x.columns();
    device().gemm(NO, NO, 1, matrix, x, 0, y);
  }

  /** Vectors multiplied so far. */
  int products() {
    return products;
  }
}
