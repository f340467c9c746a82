package org.eigensweep.network.layer;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Window;

/**
 * The mean value of each channel at each position of a window that never leaves the image.
 *
 * @param window how an image is scanned
 */
public record AveragePooling(Window window) implements Layer {
  @Override
  public int parameters() {
    return 0;
  }

  @Override
  public int outputs(int inputs) {
    return window.channels() * window.positions();
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Scope scope) {
    Matrix output = scope.matrix(outputs(input.rows()), input.columns());
    input.device().averagePool(window, input, output);
    return new Pass(scope, input.rows(), output);
  }

  private final class Pass extends LinearPass {
    Pass(Scope scope, int inputs, Matrix output) {
      super(scope, inputs, output);
    }

    @Override
    void map(Matrix in, Matrix out) {
      in.device().averagePool(window, in, out);
    }

    @Override
    void adjoint(Matrix in, Matrix out) {
      in.device().averagePoolBack(window, in, out);
    }
  }
}
