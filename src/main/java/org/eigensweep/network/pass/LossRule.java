package org.eigensweep.network.pass;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** The derivative rule of a loss that is a sum over examples. */
public sealed interface LossRule permits SquaredError, CrossEntropy {
  /** The loss as tables call it. */
  String name();

  /**
   * The loss of one example.
   *
   * @param outputs outputs of many examples, column after column
   * @param at first output of the example
   * @param classes number of outputs
   * @param label the example's class
   */
  double of(double[] outputs, int at, int classes, int label);

  /**
   * The gradient of the summed loss by the outputs, and what its tangents need.
   *
   * @param outputs classes × examples
   * @param targets one-hot, classes × examples
   * @param scope owner of everything the pass keeps
   */
  LossPass linearize(Matrix outputs, Matrix targets, Scope scope);

  /** A loss linearised at one batch of outputs. */
  interface LossPass {
    /** ∂(Σ loss)/∂outputs, classes × examples. */
    Matrix gradient();

    /**
     * Tangents of the gradient: the loss's own Hessian times tangents of the outputs.
     *
     * @param outputTangents m of the outputs' shape side by side
     * @param scope owner of the result
     */
    Matrix gradientTangents(Matrix outputTangents, Scope scope);
  }
}
