package org.eigensweep.array.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eigensweep.array.Transpose.NO;

import java.util.Random;
import java.util.function.BiConsumer;
import org.eigensweep.array.Blocks;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.eigensweep.array.Window;
import org.junit.jupiter.api.Test;

/** Work that is too large for one call, or for the memory of one, against a processor. */
class CudaPiecesTest {
  private static Matrix filled(Scope scope, int rows, int columns) {
    Matrix matrix = scope.matrix(rows, columns);
    matrix.write(new Random(rows + columns).doubles((long) rows * columns, -1, 1).toArray());
    return matrix;
  }

  /** The result of some work on a device that is closed afterwards. */
  private static double[] result(Device device, Matrix shape, BiConsumer<Scope, Matrix> work) {
    try (device;
        Scope scope = device.open()) {
      Matrix result = filled(scope, shape.rows(), shape.columns());
      work.accept(scope, result);
      return result.toDoubles();
    }
  }

  private static void sameAsProcessor(int rows, int columns, BiConsumer<Scope, Matrix> work) {
    double[][] results = new double[2][];
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope scope = device.open()) {
      Matrix shape = scope.matrix(rows, columns);
      results[0] = result(FakeCard.open(Precision.FLOAT64), shape, work);
      results[1] = result(Devices.processor().open(Precision.FLOAT64, 1), shape, work);
    }
    double most = 0;
    for (int i = 0; i < results[0].length; i++) {
      most = Math.max(most, Math.abs(results[0][i] - results[1][i]));
    }
    assertThat(results[0]).hasSameSizeAs(results[1]);
    // sums of at most 51,200 terms below 1, some hundred large
    assertThat(most).isLessThan(1e-10);
  }

  /** Patches of 29 MiB for each of two filters, in groups of 32. */
  @Test
  void convolvesSomeImagesAtATime() {
    Window window = new Window(8, 32, 32, 3, 3, 1, 1, 1, 1, 32, 32);
    int examples = 50;
    sameAsProcessor(
        3 * 1024,
        2 * examples,
        (scope, out) -> {
          Matrix images = filled(scope, window.imageSize(), examples);
          Blocks weights = Blocks.inColumns(filled(scope, 72 * 3 + 5, 2), 4, 72, 3);
          out.device().convolve(window, images, weights, 0.5, out);
        });
    sameAsProcessor(
        window.imageSize(),
        2 * examples,
        (scope, images) -> {
          Matrix upstream = filled(scope, 3 * 1024, examples);
          Blocks weights = Blocks.inColumns(filled(scope, 72 * 3 + 5, 2), 4, 72, 3);
          images.device().convolveBack(window, upstream, weights, 0.5, images);
        });
    sameAsProcessor(
        72 * 3 + 5,
        2,
        (scope, vectors) -> {
          Matrix images = filled(scope, window.imageSize(), 2 * examples);
          Matrix upstream = filled(scope, 3 * 1024, examples);
          Blocks weights = Blocks.inColumns(vectors, 4, 72, 3);
          vectors.device().addConvolveWeights(window, images, upstream, weights);
        });
  }

  /** Products of 40 MiB, in groups of 32. */
  @Test
  void addsSomeProductsAtATime() {
    sameAsProcessor(
        100,
        100,
        (scope, sum) -> {
          Blocks left = Blocks.across(filled(scope, 100, 1000), 2);
          Blocks right = Blocks.across(filled(scope, 2, 50_000), 100);
          sum.device().gemmEach(NO, NO, 0.5, left, right, 2, Blocks.shared(sum));
        });
  }

  @Test
  void makesMoreProductsThanOneLaunchTakes() {
    sameAsProcessor(
        1,
        150_000,
        (scope, out) -> {
          Blocks left = Blocks.across(filled(scope, 1, 150_000), 1);
          Blocks right = Blocks.across(filled(scope, 1, 150_000), 1);
          out.device().gemmEach(NO, NO, 3, left, right, 0, Blocks.across(out, 1));
        });
    // blocks whose steps differ have their places listed
    sameAsProcessor(
        5,
        150_000,
        (scope, out) -> {
          Blocks left = Blocks.stacked(filled(scope, 5, 150_000), 0, 1, 2, 1);
          Blocks right = Blocks.stacked(filled(scope, 5, 150_000), 1, 1, 2, 1);
          out.device().gemmEach(NO, NO, 3, left, right, 0, Blocks.stacked(out, 2, 1, 2, 1));
        });
  }
}
