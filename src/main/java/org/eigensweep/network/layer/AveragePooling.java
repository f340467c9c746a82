package org.eigensweep.network.layer;

import static org.eigensweep.array.Blocks.shared;
import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Window;

/**
 * The mean value of each plane at each position of a window that never leaves the image: a
 * convolution of every plane by itself with equal weights.
 *
 * @param window how a single plane is scanned
 * @param channels planes of an image
 */
public record AveragePooling(Window window, int channels) implements Layer {
  public AveragePooling {
    if (window.channels() != 1) {
      throw new IllegalArgumentException(
          "a window over %d planes, expected one: every plane is pooled by itself"
              .formatted(window.channels()));
    }
  }

  @Override
  public int parameters() {
    return 0;
  }

  @Override
  public int outputs(int inputs) {
    return channels * window.positions();
  }

  @Override
  public LayerPass forward(Matrix theta, Matrix input, Scope scope) {
    Matrix output = scope.matrix(outputs(input.rows()), input.columns());
    Matrix weights = scope.matrix(window.patchSize(), 1);
    input.device().fill(1.0 / window.patchSize(), weights);
    Pass pass = new Pass(scope, input.rows(), output, weights);
    pass.map(input, output);
    return pass;
  }

  private final class Pass extends LinearPass {
    private final Device device;
    private final Blocks weights;

    Pass(Scope scope, int inputs, Matrix output, Matrix weights) {
      super(scope, inputs, output);
      this.device = output.device();
      this.weights = shared(weights);
    }

    /** The planes of one column, each of them a column. */
    private Matrix planes(Matrix images, int column) {
      return images.view((long) column * images.rows(), images.rows() / channels, channels);
    }

    @Override
    void map(Matrix in, Matrix out) {
      try (Scope temporary = device.open()) {
        Blocks patches = blank(temporary);
        for (int e = 0; e < in.columns(); e++) {
          device.im2col(window, planes(in, e), patches.matrix());
          Blocks means = new Blocks(planes(out, e), 1);
          device.gemmEach(NO, NO, 1, patches, weights, 0, means);
        }
      }
    }

    @Override
    void adjoint(Matrix in, Matrix out) {
      device.fill(0, out);
      try (Scope temporary = device.open()) {
        Blocks patches = blank(temporary);
        for (int e = 0; e < in.columns(); e++) {
          Blocks upstream = new Blocks(planes(in, e), 1);
          device.gemmEach(NO, YES, 1, upstream, weights, 0, patches);
          device.addCol2im(window, patches.matrix(), planes(out, e));
        }
      }
    }

    /** Room for the patches of one image. */
    private Blocks blank(Scope scope) {
      int columns = window.patchSize();
      return new Blocks(scope.matrix(window.positions(), columns * channels), columns);
    }
  }
}
