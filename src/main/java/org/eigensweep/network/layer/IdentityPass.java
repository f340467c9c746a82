package org.eigensweep.network.layer;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** The pass of a layer whose output moves as its input does. */
final class IdentityPass extends LinearPass {
  /**
   * The pass at a point.
   *
   * @param scope owner of all that it makes
   * @param output of the layer there, of the size of its input
   */
  IdentityPass(Scope scope, Matrix output) {
    super(scope, output.rows(), output);
  }

  @Override
  void map(Matrix in, Matrix out) {
    in.device().copy(in, out);
  }

  @Override
  void adjoint(Matrix in, Matrix out) {
    in.device().copy(in, out);
  }
}
