package org.eigensweep.array.onednn;

/**
 * A rectangle that steps over images. An image is height × width × channels, the channel fastest
 * (NHWC); what lies outside it counts as zeros, or, for the largest value, as nothing to choose.
 *
 * @param channels values of a pixel
 * @param height rows of the image
 * @param width pixels of a row
 * @param rows rows of the rectangle
 * @param columns columns of the rectangle
 * @param rowStep rows from one position to the next
 * @param columnStep columns from one position to the next
 * @param top rows that the first position begins above the image
 * @param left columns that the first position begins left of the image
 * @param positionsDown positions from top to bottom
 * @param positionsAcross positions from left to right
 */
public record Geometry(
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
  /** Rows that the last position reaches below the image; negative where it leaves rows unseen. */
  private int bottom() {
    return (positionsDown - 1) * rowStep + rows - top - height;
  }

  /** Columns that the last position reaches right of the image; negative where some are unseen. */
  private int right() {
    return (positionsAcross - 1) * columnStep + columns - left - width;
  }

  long imageSize() {
    return (long) height * width * channels;
  }

  int positions() {
    return positionsDown * positionsAcross;
  }

  /** Whether another position would fit, which oneDNN does not allow for. */
  boolean leavesPositionsOut() {
    return bottom() <= -rowStep || right() <= -columnStep;
  }

  /** Rows of the image that are shown to oneDNN. */
  int shownHeight() {
    return leavesPositionsOut() ? height + Math.min(bottom(), 0) : height;
  }

  /** Columns of the image that are shown to oneDNN. */
  int shownWidth() {
    return leavesPositionsOut() ? width + Math.min(right(), 0) : width;
  }

  long[] extents() {
    return new long[] {rows, columns};
  }

  long[] steps() {
    return new long[] {rowStep, columnStep};
  }

  long[] before() {
    return new long[] {top, left};
  }

  long[] after() {
    return leavesPositionsOut()
        ? new long[] {Math.max(bottom(), 0), Math.max(right(), 0)}
        : new long[] {bottom(), right()};
  }
}
