package org.eigensweep.array;

/**
 * An operand of a batch of operations: equal blocks of a matrix, one for each operation, or a
 * single block that serves them all. Blocks are counted downwards, then to the right.
 *
 * @param matrix where the blocks stand
 * @param offset first element of the first block, in the matrix's storage order
 * @param rows rows of one block
 * @param columns columns of one block
 * @param leading elements from one column of a block to the next, at least {@code rows}
 * @param down number of blocks above each other
 * @param downStep elements from one block to the next one below
 * @param across number of blocks, or stacks of blocks, side by side
 * @param acrossStep elements from one block to the next one to the right
 */
public record Blocks(
    Matrix matrix,
    long offset,
    int rows,
    int columns,
    int leading,
    int down,
    long downStep,
    int across,
    long acrossStep) {
  /** Checks that they lie in the matrix. */
  public Blocks {
    long last =
        offset
            + (down - 1) * downStep
            + (across - 1) * acrossStep
            + (columns - 1) * (long) leading
            + rows;
    if (offset < 0
        || Math.min(rows, columns) < 1
        || Math.min(down, across) < 1
        || Math.min(downStep, acrossStep) < 0
        || leading < rows
        || last > matrix.size()) {
      throw new IllegalArgumentException(
          "%d x %d blocks of %d x %d from element %d do not lie in a %d x %d matrix"
              .formatted(down, across, rows, columns, offset, matrix.rows(), matrix.columns()));
    }
  }

  /** The whole matrix for every operation. */
  public static Blocks shared(Matrix matrix) {
    return new Blocks(matrix, 0, matrix.rows(), matrix.columns(), matrix.rows(), 1, 0, 1, 0);
  }

  /**
   * Blocks side by side, as high as the matrix.
   *
   * @param columns columns of one block, a divisor of the matrix's
   */
  public static Blocks across(Matrix matrix, int columns) {
    return stacked(matrix, 0, matrix.rows(), 1, columns);
  }

  /**
   * Stacks of blocks side by side.
   *
   * @param top first row of the uppermost blocks
   * @param rows rows of one block
   * @param down number of blocks above each other
   * @param columns columns of one block, a divisor of the matrix's
   */
  public static Blocks stacked(Matrix matrix, int top, int rows, int down, int columns) {
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
    int height = matrix.rows();
    int across = matrix.columns() / columns;
    long step = (long) columns * height;
    return new Blocks(matrix, top, rows, columns, height, down, rows, across, step);
  }

  /**
   * A block inside every column of the matrix, its own columns one after another: a layer's weights
   * in each of some parameter vectors.
   *
   * @param from first row that holds the block
   */
  public static Blocks inColumns(Matrix matrix, int from, int rows, int columns) {
    if (from < 0 || from + (long) rows * columns > matrix.rows()) {
      throw new IllegalArgumentException(
          "a block of %d x %d from row %d does not lie in a column of a %d x %d matrix"
              .formatted(rows, columns, from, matrix.rows(), matrix.columns()));
    }
    int height = matrix.rows();
    return new Blocks(matrix, from, rows, columns, rows, 1, 0, matrix.columns(), height);
  }

  /** Number of blocks. */
  public int count() {
    return down * across;
  }

  /** First element of a block, in the matrix's storage order; that of the first if it is alone. */
  public long start(int block) {
    return count() == 1 ? offset : offset + block % down * downStep + block / down * acrossStep;
  }

  /**
   * One block as a matrix.
   *
   * @throws IllegalStateException if its columns do not follow each other without gaps
   */
  public Matrix block(int index) {
    if (leading != rows && columns > 1) {
      throw new IllegalStateException(
          "a block of %d rows in columns of %d is no matrix of its own".formatted(rows, leading));
    }
    return matrix.view(start(index), rows, columns);
  }
}
