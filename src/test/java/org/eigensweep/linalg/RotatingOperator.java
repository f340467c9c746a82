package org.eigensweep.linalg;

import java.util.function.DoubleFunction;
import org.eigensweep.array.Scope;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * An operator Q(t)DQ(t)ᵀ whose eigenvectors turn: vector i towards vector i + n/2, all by the same
 * angle, so that the space of the first k vectors moves by exactly that angle.
 *
 * @param start Q(0), n × n with n even
 * @param values eigenvalues at a time
 * @param speed radians a unit of time
 */
record RotatingOperator(RealMatrix start, DoubleFunction<double[]> values, double speed) {
  SymmetricMatrix at(double time) {
    int half = start.getColumnDimension() / 2;
    RealMatrix turned = start.copy();
    double cosine = Math.cos(speed * time);
    double sine = Math.sin(speed * time);
    for (int i = 0; i < half; i++) {
      RealVector u = start.getColumnVector(i);
      RealVector v = start.getColumnVector(i + half);
      turned.setColumnVector(i, u.mapMultiply(cosine).add(v.mapMultiply(sine)));
      turned.setColumnVector(i + half, v.mapMultiply(cosine).subtract(u.mapMultiply(sine)));
    }
    return SymmetricMatrix.of(values.apply(time), turned);
  }

  /** The space of the first k vectors. */
  static RealMatrix first(SymmetricMatrix matrix, int k) {
    return matrix.vectors().getSubMatrix(0, matrix.size() - 1, 0, k - 1);
  }

  static Eigenspace refresh(SubspaceTracker tracker, SymmetricMatrix matrix, Scope scope) {
    return tracker.refresh(new DenseOperator(matrix, scope));
  }
}
