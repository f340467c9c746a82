package org.eigensweep.network.layer;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * The identity. A node with this layer outputs the sum of its sources, as in a residual connection;
 * the graph computes that sum.
 */
public record Addition() implements Layer {
  @Override
  public int parameters() {
    return 0;
  }

  @Override
  public int outputs(int inputs) {
    return inputs;
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Scope scope) {
    return new IdentityPass(scope, input);
  }
}
