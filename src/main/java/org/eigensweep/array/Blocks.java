package org.eigensweep.array;

/**
 * An operand of a batch of products: a matrix cut into blocks of so many columns, one for each
 * product, or a single block that serves them all.
 *
 * @param matrix the blocks, side by side
 * @param columns columns of one block, a divisor of the matrix's
 */
public record Blocks(Matrix matrix, int columns) {
  /** Checks that nothing is left over. */
  public Blocks {
    if (columns < 1 || matrix.columns() % columns != 0) {
      throw new IllegalArgumentException(
          "blocks of %d columns do not fill a %d x %d matrix"
              .formatted(columns, matrix.rows(), matrix.columns()));
    }
  }

  /** The whole matrix for every product. */
  public static Blocks shared(Matrix matrix) {
    return new Blocks(matrix, matrix.columns());
  }

  /** Rows of each block. */
  public int rows() {
    return matrix.rows();
  }

  /** Number of blocks. */
  public int count() {
    return matrix.columns() / columns;
  }
}
