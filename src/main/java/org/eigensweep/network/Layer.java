package org.eigensweep.network;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * The derivative rule of one kind of layer. Activations are matrices of one column an example; a
 * block of m tangents of an activation is one matrix with the m tangents' columns side by side.
 */
sealed interface Layer permits Dense, Pointwise, Convolution, MaxPooling, AveragePooling {
  /** Numbers this layer takes from the parameter vector. */
  int parameters();

  /** Values of an example that leave this layer, of so many that enter it. */
  int outputs(int inputs);

  /**
   * The forward pass.
   *
   * @param theta this layer's parameters, {@link #parameters} × 1; null for a layer without any
   * @param input one column an example
   * @param scope owner of everything the pass keeps
   */
  LayerPass forward(Matrix theta, Matrix input, Scope scope);
}
