package org.eigensweep.network.layer;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * The mean over the positions of an example, padding included.
 *
 * @param width values of a position
 * @param length positions of an example
 */
public record PositionMean(int width, int length) implements Layer {
  @Override
  public int parameters() {
    return 0;
  }

  @Override
  public int outputs(int inputs) {
    return width;
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Scope scope) {
    Matrix output = scope.matrix(width, input.columns());
    Pass pass = new Pass(scope, output);
    pass.map(input, output);
    return pass;
  }

  private final class Pass extends LinearPass {
    private final Device device;

    Pass(Scope scope, Matrix output) {
      super(scope, width * length, output);
      this.device = output.device();
    }

    /** The examples, each a block of width × length. */
    private Blocks examples(Matrix activation) {
      return Blocks.across(activation.view(0, width, length * activation.columns()), length);
    }

    @Override
    void map(Matrix in, Matrix out) {
      device.sumEach(1.0 / length, examples(in), 0, Blocks.across(out, 1));
    }

    @Override
    void adjoint(Matrix in, Matrix out) {
      device.spreadEach(1.0 / length, Blocks.across(in, 1), 0, examples(out));
    }
  }
}
