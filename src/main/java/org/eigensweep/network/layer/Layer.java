package org.eigensweep.network.layer;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * The derivative rule of one kind of layer. Activations are stored example after example, and a
 * layer looks at them in columns of its own height: one an example, or one a position of a text. A
 * block of m tangents of an activation is one matrix with the m tangents' columns side by side.
 */
public sealed interface Layer
    permits Dense,
        Pointwise,
        Convolution,
        MaxPooling,
        AveragePooling,
        ImageLayout,
        BatchNorm,
        RunningNorm,
        Addition,
        Embedding,
        SinusoidalPositions,
        LayerNormalization,
        Attention,
        PositionMean {
  /** Number of parameters of this layer. */
  int parameters();

  /** Values of an example that this layer outputs, by the number of values in its input. */
  int outputs(int inputs);

  /**
   * Multiplications of a forward pass of one example that grow with the number of outputs of each
   * input: those of matrix products.
   *
   * @param inputs values in its input
   */
  default long multiplications(int inputs) {
    return 0;
  }

  /** Whether an example's output depends on the other examples in the batch. */
  default boolean couplesExamples() {
    return false;
  }

  /**
   * Rows of the columns that this layer looks at: all the values of an example, or those of one of
   * its positions.
   *
   * @param features values of an example that enter it
   */
  default int rows(int features) {
    return features;
  }

  /**
   * The forward pass.
   *
   * @param theta this layer's parameters, {@link #parameters} × 1; null for a layer without any
   * @param input columns of {@link #rows} values
   * @param scope owner of everything the pass keeps
   */
  LayerPass forward(Matrix theta, Matrix input, Scope scope);

  /**
   * The forward pass over texts that were padded to one length. Most layers treat all positions
   * alike and ignore the mask.
   *
   * @param theta this layer's parameters, {@link #parameters} × 1; null for a layer without any
   * @param input columns of {@link #rows} values
   * @param mask positions × examples, 1 for a token and 0 for padding; null where nothing is padded
   * @param scope owner of everything the pass keeps
   */
  default LayerPass forward(Matrix theta, Matrix input, Matrix mask, Scope scope) {
    return forward(theta, input, scope);
  }
}
