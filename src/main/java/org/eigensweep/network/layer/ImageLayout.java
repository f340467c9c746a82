package org.eigensweep.network.layer;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Images between two layouts: of data and vectors, one channel after another (NCHW), and of layers
 * that scan images, the channels of each place together (NHWC). The map is a permutation.
 *
 * @param from rows of the matrix that an example is where it enters, column-major; the places for
 *     images that enter from data, the channels for those that leave to vectors
 * @param to its columns
 */
public record ImageLayout(int from, int to) implements Layer {
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
    Matrix output = scope.matrix(input.rows(), input.columns());
    Pass pass = new Pass(scope, input.rows(), output);
    pass.map(input, output);
    return pass;
  }

  private final class Pass extends LinearPass {
    private final Device device;

    Pass(Scope scope, int inputs, Matrix output) {
      super(scope, inputs, output);
      this.device = output.device();
    }

    /** The examples as matrices, side by side. */
    private static Blocks examples(Matrix activations, int rows, int columns) {
      return Blocks.inColumns(activations, 0, rows, columns);
    }

    @Override
    void map(Matrix in, Matrix out) {
      device.transposeEach(examples(in, from, to), examples(out, to, from));
    }

    @Override
    void adjoint(Matrix in, Matrix out) {
      device.transposeEach(examples(in, to, from), examples(out, from, to));
    }
  }
}
