package org.eigensweep.spark.parallel;

import java.io.Serializable;
import org.eigensweep.array.Matrix;
import org.eigensweep.curvature.Linearization;

/** A product of a linearisation's Hessian or Gauss–Newton matrix with a block. */
@FunctionalInterface
interface CurvatureProduct extends Serializable {
  /** product ← matrix of the linearisation · block. */
  void apply(Linearization linearization, Matrix block, Matrix product);

  /** Describes the Spark job of a product. */
  static String purpose(int columns) {
    return columns == 1 ? "product with 1 vector" : "product with %d vectors".formatted(columns);
  }
}
