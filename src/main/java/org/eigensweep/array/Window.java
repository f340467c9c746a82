package org.eigensweep.array;

/**
 * A rectangle that steps over an image. An image is one column: row after row, and of each place
 * all channels together (NHWC). What leaves the window lies the same way, with the positions as
 * places. What lies outside the image counts as zeros.
 *
 * @param channels values of one place
 * @param height rows of the image
 * @param width places of a row
 * @param rows rows of the rectangle
 * @param columns columns of the rectangle
 * @param rowStep rows from one position to the next
 * @param columnStep columns from one position to the next
 * @param top rows that the first position begins above the image
 * @param left columns that the first position begins left of the image
 * @param positionsDown positions from top to bottom
 * @param positionsAcross positions from left to right
 */
public record Window(
    int channels,
    int height,
    int width,
    int rows,
    int columns,
    int rowStep,
    int columnStep,
    int top,
    int left,
    int positionsDown,
    int positionsAcross) {
  /** Checks that every extent is positive and that no position misses the image altogether. */
  public Window {
    if (Math.min(channels, Math.min(height, width)) < 1
        || Math.min(rows, columns) < 1
        || Math.min(rowStep, columnStep) < 1
        || Math.min(positionsDown, positionsAcross) < 1
        || top < 0
        || left < 0) {
      throw new IllegalArgumentException(
          "a %d x %d window in steps of %d x %d at %d x %d positions, %d above and %d left of"
                  .formatted(
                      rows, columns, rowStep, columnStep, positionsDown, positionsAcross, top, left)
              + " %d channels of %d x %d".formatted(channels, height, width));
    }
    requireMeeting("rows", height, rows, rowStep, top, positionsDown);
    requireMeeting("columns", width, columns, columnStep, left, positionsAcross);
  }

  private static void requireMeeting(
      String what, int extent, int size, int step, int before, int positions) {
    if (before >= size || (positions - 1) * (long) step - before >= extent) {
      throw new IllegalArgumentException(
          "%d positions of %d %s in steps of %d from %d before an image of %d: one lies outside"
              .formatted(positions, size, what, step, before, extent));
    }
  }

  /** Values of an image. */
  public int imageSize() {
    return Math.multiplyExact(channels, places());
  }

  /** Places of the image. */
  public int places() {
    return Math.multiplyExact(height, width);
  }

  /** Positions on the image. */
  public int positions() {
    return Math.multiplyExact(positionsDown, positionsAcross);
  }

  /** Values that one position sees, those outside the image included. */
  public int patchSize() {
    return Math.multiplyExact(channels, Math.multiplyExact(rows, columns));
  }
}
