package org.eigensweep.network.layer;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * What the tangent passes of all rules do alike. A gradient is Jᵀg, with the layer's Jacobian J and
 * the output's gradient g, so its tangent is Jᵀġ + J̇ᵀg. The first term is what the {@link
 * LayerPass} does to cotangents ġ. The second is 0 where the layer is linear, as here; a rule that
 * is not adds it.
 */
class TangentPass implements LayerTangent {
  final Device device;

  /** Owner of everything that is kept. */
  final Scope scope;

  private final LayerPass pass;
  private final int columns;
  private final Matrix output;
  private Matrix outputGradientTangents;

  /**
   * Takes room for the tangents of the output, for the rule to write.
   *
   * @param pass the layer where it was linearised
   * @param count number of tangents
   * @param scope owner of everything that is kept
   */
  TangentPass(LayerPass pass, int count, Scope scope) {
    Matrix point = pass.output();
    this.pass = pass;
    this.device = point.device();
    this.scope = scope;
    this.columns = point.columns();
    this.output = scope.matrix(point.rows(), columns * count);
  }

  /** One tangent's columns of a block. */
  final Matrix columns(Matrix block, int tangent) {
    return block.columns(tangent * columns, columns);
  }

  @Override
  public final Matrix output() {
    return output;
  }

  @Override
  public final void backward(Matrix gradientTangents, TangentBlock products) {
    outputGradientTangents = gradientTangents;
    pass.addParameterCotangents(gradientTangents, products);
    addMovedGradients(products);
  }

  /** Adds J̇ᵀg with the Jacobian by the parameters. */
  void addMovedGradients(TangentBlock products) {}

  /** ġ, after {@link #backward}. */
  final Matrix outputGradientTangents() {
    return outputGradientTangents;
  }

  /** Jᵀġ with the Jacobian by the input: all there is where the layer is linear in it. */
  @Override
  public Matrix inputGradientTangents() {
    return pass.inputCotangents(outputGradientTangents, scope);
  }
}
