package org.eigensweep.network.layer;

import org.eigensweep.array.Matrix;

/** A block of tangents on its way through one layer: Pearlmutter's R-operator, forward done. */
public interface LayerTangent {
  /** Tangents of the output, m of its shape side by side. */
  Matrix output();

  /**
   * Takes the tangents of the output's gradient, and adds those of the parameters' gradient.
   *
   * @param outputGradientTangents m of the output's shape side by side; kept, not copied
   * @param products this layer's part of the Hessian products, accumulated
   */
  void backward(Matrix outputGradientTangents, TangentBlock products);

  /** Tangents of the input's gradient, after {@link #backward}. */
  Matrix inputGradientTangents();
}
