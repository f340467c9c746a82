package org.eigensweep.network.layer;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * The pass of a layer without parameters that is a linear map A at this input. A maps the input's
 * tangents to the output's, and Aᵀ is used by both backward passes.
 */
abstract class LinearPass implements LayerPass {
  private final Scope scope;
  private final int inputs;
  private final Matrix output;
  private Matrix outputGradient;

  /**
   * Holds what the pass produced.
   *
   * @param scope owner of everything the pass keeps
   * @param inputs values of a column of the input
   * @param output as many columns as the input
   */
  LinearPass(Scope scope, int inputs, Matrix output) {
    this.scope = scope;
    this.inputs = inputs;
    this.output = output;
  }

  /** out ← A·in, for one or more times as many columns as there are examples. */
  abstract void map(Matrix in, Matrix out);

  /** out ← Aᵀ·in, for one or more times as many columns as there are examples. */
  abstract void adjoint(Matrix in, Matrix out);

  @Override
  public final Matrix output() {
    return output;
  }

  @Override
  public final void backward(Matrix gradientOfOutput, Matrix gradient) {
    outputGradient = gradientOfOutput;
  }

  @Override
  public final Matrix inputGradient() {
    return pulledBack(outputGradient, scope);
  }

  @Override
  public final void addParameterCotangents(Matrix outputCotangents, TangentBlock products) {}

  @Override
  public final Matrix inputCotangents(Matrix outputCotangents, Scope owner) {
    return pulledBack(outputCotangents, owner);
  }

  private Matrix pulledBack(Matrix upstream, Scope owner) {
    Matrix result = owner.matrix(inputs, upstream.columns());
    adjoint(upstream, result);
    return result;
  }

  @Override
  public final LayerTangent tangent(
      TangentBlock directions, Matrix inputTangents, Scope tangentScope) {
    TangentPass tangents = new TangentPass(this, directions.count(), tangentScope);
    map(inputTangents, tangents.output());
    return tangents;
  }
}
