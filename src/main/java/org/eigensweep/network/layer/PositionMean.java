package org.eigensweep.network.layer;

import static org.eigensweep.array.Blocks.shared;
import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

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
    Matrix weights = scope.matrix(length, 1);
    input.device().fill(1.0 / length, weights);
    Pass pass = new Pass(scope, output, shared(weights));
    pass.map(input, output);
    return pass;
  }

  private final class Pass extends LinearPass {
    private final Device device;
    private final Blocks weights;

    Pass(Scope scope, Matrix output, Blocks weights) {
      super(scope, width * length, output);
      this.device = output.device();
      this.weights = weights;
    }

    /** The examples, each a block of width × length. */
    private Blocks examples(Matrix activation) {
      return new Blocks(activation.view(0, width, length * activation.columns()), length);
    }

    @Override
    void map(Matrix in, Matrix out) {
      device.gemmEach(NO, NO, 1, examples(in), weights, 0, new Blocks(out, 1));
    }

    @Override
    void adjoint(Matrix in, Matrix out) {
      device.gemmEach(NO, YES, 1, new Blocks(in, 1), weights, 0, examples(out));
    }
  }
}
