package org.eigensweep.linalg;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;

/** A symmetric real linear operator, seen only through its products with blocks of vectors. */
public interface LinearOperator {
  /** The device on which blocks live. */
  Device device();

  /** The dimension n of the space. */
  int size();

  /**
   * y ← A·x.
   *
   * @param x n × m, columns are vectors
   * @param y n × m, overwritten, does not overlap x
   */
  void apply(Matrix x, Matrix y);
}
