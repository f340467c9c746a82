package org.eigensweep.network.layer;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** A layer linearised at one batch of examples: forward done, ready for backward and tangents. */
public interface LayerPass {
  /** The layer's output, as many columns as the layer looked at. */
  Matrix output();

  /**
   * Receives the gradient of the loss by the output, and adds the gradient by the parameters to a
   * sum. Callers call it once, before any of the other derivatives.
   *
   * @param outputGradient shaped as the output; kept, not copied
   * @param gradient this layer's part of the parameter gradient, accumulated; null without
   *     parameters
   */
  void backward(Matrix outputGradient, Matrix gradient);

  /** The gradient of the loss by the input, after {@link #backward}; owned by the pass's scope. */
  Matrix inputGradient();

  /**
   * Adds the transposed Jacobian by the parameters, times a block of cotangents.
   *
   * @param outputCotangents m of the output's shape side by side
   * @param products this layer's part of the sums, m of them, accumulated; left alone by a layer
   *     without parameters
   */
  void addParameterCotangents(Matrix outputCotangents, TangentBlock products);

  /**
   * The transposed Jacobian by the input, times a block of cotangents; after {@link #backward}.
   *
   * @param outputCotangents m of the output's shape side by side
   * @param scope owner of the result
   * @return m of the input's shape side by side
   */
  Matrix inputCotangents(Matrix outputCotangents, Scope scope);

  /**
   * The forward pass of a block of tangents.
   *
   * @param directions tangents of the parameters
   * @param inputTangents tangents of the input, m of its shape side by side; null where the input
   *     is the data, which do not move
   * @param scope owner of everything the tangent pass keeps
   */
  LayerTangent tangent(TangentBlock directions, Matrix inputTangents, Scope scope);
}
