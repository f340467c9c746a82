package org.eigensweep.array.cuda;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Window;
import org.eigensweep.array.cuda.Batch.Operand;

/**
 * Convolutions as products with patches: one call serves all positions of some images and all
 * weights. Patches are many times as large as the images, so they are made for some images at a
 * time and forgotten.
 */
final class Convolution {
  private final CudaDevice device;
  private final BlasProducts blas;
  private final Patches patches;
  private final Filters filters;
  private final int patch;
  private final int positions;
  private final int outputs;
  private final int count;

  /**
   * Convolutions whose shapes fit.
   *
   * @param blas makes the products
   * @param window how images are scanned
   * @param weights W_i
   */
  Convolution(CudaDevice device, BlasProducts blas, Window window, Blocks weights) {
    this.device = device;
    this.blas = blas;
    this.patches = new Patches(device, window);
    this.filters = new Filters(device, window, weights);
    this.patch = window.patchSize();
    this.positions = window.positions();
    this.outputs = weights.columns();
    this.count = weights.count();
  }

  /** See {@link org.eigensweep.array.Device#convolve}. */
  void forward(Matrix images, double beta, Matrix out) {
    int examples = images.columns();
    try (CudaScope scope = device.open()) {
      Operand by = filters.ordered(scope);
      eachGroup(
          1,
          examples,
          (from, some, temporary) -> {
            Operand seen = patches.of(at(images, from), 0, some, 1, temporary);
            Operand to = Operand.apart(at(out, from), outputs, (long) examples * out.rows());
            int columns = some * positions;
            blas.run(1, new Batch(YES, NO, outputs, columns, patch, by, seen, to, count), beta);
          });
    }
  }

  /** See {@link org.eigensweep.array.Device#convolveBack}. */
  void back(Matrix upstream, double beta, Matrix images) {
    int examples = upstream.columns();
    try (CudaScope scope = device.open()) {
      Operand by = filters.ordered(scope);
      eachGroup(
          count,
          examples,
          (from, some, temporary) -> {
            Operand given = Operand.apart(at(upstream, from), outputs, 0);
            int columns = some * positions;
            if (patches.areImages()) {
              Operand to = Operand.apart(at(images, from), patch, (long) examples * images.rows());
              blas.run(1, new Batch(NO, NO, patch, columns, outputs, by, given, to, count), beta);
            } else {
              long size = patches.numbers(some);
              Operand to = Operand.apart(temporary.numbers(size * count), patch, size);
              blas.run(1, new Batch(NO, NO, patch, columns, outputs, by, given, to, count), 0);
              for (int i = 0; i < count; i++) {
                long seen = to.address() + i * size * device.precision().bytes();
                patches.gather(seen, some, beta, at(images, i * examples + from));
              }
            }
          });
    }
  }

  /** See {@link org.eigensweep.array.Device#addConvolveWeights}. */
  void addWeights(Matrix images, Matrix upstream) {
    int examples = Math.min(images.columns(), upstream.columns());
    int sets = images.columns() / examples;
    long imageStep = (long) examples * images.rows();
    long step = upstream.columns() == examples ? 0 : (long) examples * upstream.rows();
    try (CudaScope scope = device.open()) {
      Operand sums = filters.blank(scope);
      eachGroup(
          sets,
          examples,
          (from, some, temporary) -> {
            Operand seen = patches.of(at(images, from), imageStep, some, sets, temporary);
            Operand given = Operand.apart(at(upstream, from), outputs, step);
            int inner = some * positions;
            Batch batch = new Batch(NO, YES, patch, outputs, inner, seen, given, sums, count);
            blas.run(1, batch, from == 0 ? 0 : 1);
          });
      filters.add(sums);
    }
  }

  private interface Group {
    void accept(int from, int some, CudaScope temporary);
  }

  /** Runs over examples, as many at a time as their patches in some sets allow. */
  private void eachGroup(int sets, int examples, Group action) {
    long bytes = patches.numbers(1) * sets * device.precision().bytes();
    int together = (int) Math.max(1, Math.min(examples, device.sizes().group() / bytes));
    for (int from = 0; from < examples; from += together) {
      try (CudaScope temporary = device.open()) {
        action.accept(from, Math.min(together, examples - from), temporary);
      }
    }
  }

  /** Where a column of a matrix begins. */
  private long at(Matrix matrix, int column) {
    long elements = (long) column * matrix.rows();
    return device.address(matrix) + elements * device.precision().bytes();
  }
}
