package org.eigensweep.spark.parallel;

import java.io.Serializable;
import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.Linearization;

/** One of a linearisation's products with a block. */
@FunctionalInterface
interface CurvatureProduct extends Serializable {
  /** product ← the matrix at this linearisation · block. */
  void apply(Linearization here, Matrix block, Matrix product);
}
