package org.eigensweep.network.layer;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Window;

/**
 * The largest value of each plane at each position of a window. Tangents and gradients follow the
 * place that the primal pass chose; where two places are equal the derivative does not exist, and
 * this is that of the first.
 *
 * @param window how an image is scanned
 */
public record MaxPooling(Window window) implements Layer {
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
    int outputs = outputs(input.rows());
    Matrix largest = scope.matrix(outputs, input.columns());
    Matrix places = scope.matrix(outputs, input.columns());
    input.device().maxPool(window, input, largest, places);
    return new Pass(scope, input.rows(), largest, places);
  }

  private static final class Pass extends LinearPass {
    private final Device device;
    private final Matrix places;

    Pass(Scope scope, int inputs, Matrix largest, Matrix places) {
      super(scope, inputs, largest);
      this.device = largest.device();
      this.places = places;
    }

    @Override
    void map(Matrix in, Matrix out) {
      device.gatherEach(in, places, out);
    }

    /** A few images at a time, which are near when their values arrive. */
    @Override
    void adjoint(Matrix in, Matrix out) {
      int examples = places.columns();
      for (int first = 0; first < in.columns(); first += examples) {
        Matrix upstream = in.columns(first, examples);
        Matrix images = out.columns(first, examples);
        ExampleGroup.each(
            device,
            examples,
            out.rows(),
            (from, count, temporary) -> {
              Matrix some = images.columns(from, count);
              device.fill(0, some);
              device.addScattered(upstream.columns(from, count), places.columns(from, count), some);
            });
      }
    }
  }
}
