package org.eigensweep.network.compile;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.eigensweep.array.Window;
import org.eigensweep.data.InputShape;

/**
 * How a DL4J layer scans its images; every pair is (rows, columns).
 *
 * @param kernel size of the window
 * @param stride steps
 * @param padding zeros on either side, unless the mode decides them
 * @param dilation distance between the places of the window; only 1
 * @param mode how the number of positions follows
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record Dl4jWindow(int[] kernel, int[] stride, int[] padding, int[] dilation, ConvolutionMode mode) {
  /** Along one axis. */
  private record Axis(int before, int positions) {}

  /** The window over images of a size. */
  Window over(InputShape image) {
    if (!Arrays.equals(dilation, new int[] {1, 1})) {
      throw new IllegalArgumentException(
          "dilation %s has no exact derivative rule, expected 1 x 1"
              .formatted(Arrays.toString(dilation)));
    }
    Axis down = axis(0, image.height());
    Axis across = axis(1, image.width());
    return new Window(
        image.channels(),
        image.height(),
        image.width(),
        kernel[0],
        kernel[1],
        stride[0],
        stride[1],
        down.before(),
        across.before(),
        down.positions(),
        across.positions());
  }

  private Axis axis(int which, int extent) {
    int size = kernel[which];
    int step = stride[which];
    int room = extent + 2 * padding[which] - size;
    return switch (mode) {
      case Truncate -> new Axis(padding[which], Math.floorDiv(room, step) + 1);
      case Strict -> {
        if (room % step != 0) {
          throw new IllegalArgumentException(
              "windows of %d in steps of %d do not fill %d with a padding of %d, expected a mode"
                      .formatted(size, step, extent, padding[which])
                  + " other than Strict");
        }
        yield new Axis(padding[which], room / step + 1);
      }
      case Same -> {
        int positions = (extent + step - 1) / step;
        int missing = Math.max(0, (positions - 1) * step + size - extent);
        yield new Axis(missing / 2, positions); // an odd zero goes behind
      }
      case Causal ->
          throw new IllegalArgumentException(
              "convolution mode Causal has no exact derivative rule, expected Truncate, Strict or"
                  + " Same");
    };
  }
}
