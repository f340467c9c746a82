package org.eigensweep.array;

/**
 * An operand of a batch of products: equal blocks of a matrix, one for each product, or a single
 * block that serves them all. Blocks are counted downwards, then to the right.
 *
 * @param matrix where the blocks stand
 * @param top first row of the uppermost blocks
 * @param rows rows of one block
 * @param down number of blocks above each other
 * @param columns columns of one block, a divisor of the matrix's
 */
public record Blocks(Matrix matrix, int top, int rows, int down, int columns) {
  /** Checks that they lie in the matrix and that no column is left over. */
  public Blocks {
    if (columns < 1 || matrix.columns() % columns != 0) {
      throw new IllegalArgumentException(
          "blocks of %d columns do not fill a %d x %d matrix"
              .formatted(columns, matrix.rows(), matrix.columns()));
    }
    if (top < 0 || rows < 1 || down < 1 || top + (long) rows * down > matrix.rows()) {
      throw new IllegalArgumentException(
          "%d blocks of %d rows from row %d do not lie in a %d x %d matrix"
              .formatted(down, rows, top, matrix.rows(), matrix.columns()));
    }
  }

  /** Blocks side by side, as high as the matrix. */
  public Blocks(Matrix matrix, int columns) {
    this(matrix, 0, matrix.rows(), 1, columns);
  }

  /** The whole matrix for every product. */
  public static Blocks shared(Matrix matrix) {
    return new Blocks(matrix, matrix.columns());
  }

  /** Number of blocks. */
  public int count() {
    return down * (matrix.columns() / columns);
  }

  /** First element of a block, in the matrix's storage order; that of the first if it is alone. */
  long start(int block) {
    if (count() == 1) {
      return top;
    }
    long column = (long) (block / down) * columns;
    return column * matrix.rows() + top + (long) (block % down) * rows;
  }
}
