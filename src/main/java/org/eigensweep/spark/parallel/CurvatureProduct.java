package org.eigensweep.spark.parallel;

import java.io.Serializable;
import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.Linearization;

/** One of a linearisation's products with a block. */
@FunctionalInterface
interface CurvatureProduct extends Serializable {
  /** product ← the matrix at this linearisation · block. */
  void apply(Linearization linearization, Matrix block, Matrix product);

  /** What a job with such a product is for. */
  static String purpose(int columns) {
    return columns == 1 ? "product with 1 vector" : "product with %d vectors".formatted(columns);
  }
}
