package org.eigensweep.array;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

/**
 * Products of a few long vectors: of a block with a small matrix, and of two blocks to one. They
 * are cut into slices of rows, which are tasks, so that all threads of a device share them. The
 * slices are the same for every number of threads, and so are the bits.
 */
final class LongProducts {
  /** Rows of a slice: those of twenty float32 vectors are a core's cache of the second level. */
  private static final int SLICE = 1 << 14;

  private LongProducts() {}

  /** Whether a product is one of these. */
  static boolean isLong(Transpose a, Transpose b, Matrix left, Matrix out) {
    boolean inner = a == YES && b == NO && out.rows() < left.rows() && out.columns() < left.rows();
    boolean outer = a == NO && left.columns() < left.rows() && out.columns() < left.rows();
    return left.rows() >= 2 * SLICE && (inner || outer);
  }

  /** See {@link Device#gemm}. */
  static void run(
      Device device,
      Transpose a,
      Transpose b,
      double alpha,
      Matrix left,
      Matrix right,
      double beta,
      Matrix out) {
    // the whole product's shapes, before a slice is written
    Products.of(a, b, Blocks.shared(left), Blocks.shared(right), Blocks.shared(out));
    if (a == NO) {
      device.inOrder(
          slices(left.rows()),
          (i, turn) ->
              device.gemmEach(
                  a, b, alpha, slice(left, i), Blocks.shared(right), beta, slice(out, i)));
    } else {
      inner(device, alpha, left, right, beta, out);
    }
  }

  /** C ← α·Σ A_iᵀB_i + β·C, the terms added in order. */
  private static void inner(
      Device device, double alpha, Matrix left, Matrix right, double beta, Matrix out) {
    int slices = slices(left.rows());
    int size = Math.toIntExact(out.size());
    try (Scope scope = device.open()) {
      Matrix terms = scope.matrix(size, slices);
      device.inOrder(
          slices,
          (i, turn) -> {
            Blocks term = Blocks.shared(terms.view((long) i * size, out.rows(), out.columns()));
            device.gemmEach(YES, NO, 1, slice(left, i), slice(right, i), 0, term);
          });
      Blocks sum = Blocks.shared(out.view(0, size, 1));
      device.sumEach(alpha, Blocks.shared(terms), beta, sum);
    }
  }

  private static int slices(int rows) {
    return (rows + SLICE - 1) / SLICE;
  }

  private static Blocks slice(Matrix matrix, int index) {
    int from = index * SLICE;
    int rows = Math.min(SLICE, matrix.rows() - from);
    return Blocks.stacked(matrix, from, rows, 1, matrix.columns());
  }
}
