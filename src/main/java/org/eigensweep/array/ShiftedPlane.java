package org.eigensweep.array;

/**
 * What one place of a window sees of one channel as the window steps over the image: the plane,
 * shifted, with zeros where the place lies outside.
 */
final class ShiftedPlane {
  private final Window window;

  /** Value of the image under this place at the first position; it may lie outside. */
  private final int origin;

  /** Positions whose place is on the image: rows [firstRow, endRow), columns [first, end). */
  private final int firstRow;

  private final int endRow;
  private final int first;
  private final int end;

  ShiftedPlane(Window window, int channel, int row, int column) {
    this.window = window;
    int down = row - window.top();
    int across = column - window.left();
    this.origin = channel * window.planeSize() + down * window.width() + across;
    this.firstRow = firstInside(down, window.rowStep(), window.positionsDown());
    this.endRow =
        Math.max(
            firstRow, endInside(down, window.rowStep(), window.height(), window.positionsDown()));
    this.first = firstInside(across, window.columnStep(), window.positionsAcross());
    this.end =
        Math.max(
            first,
            endInside(across, window.columnStep(), window.width(), window.positionsAcross()));
  }

  private static int firstInside(int offset, int step, int positions) {
    return offset >= 0 ? 0 : Math.min(positions, (step - 1 - offset) / step);
  }

  private static int endInside(int offset, int step, int extent, int positions) {
    return offset >= extent ? 0 : Math.min(positions, (extent - offset + step - 1) / step);
  }

  /** Writes what is seen, one value a position, from {@code at} on. */
  void spread(HostValues image, HostValues patch, int at) {
    int across = window.positionsAcross();
    if (!isPlainShift()) {
      patch.clear(at, 1, window.positions());
      for (int y = firstRow; y < endRow; y++) {
        patch.copy(
            image, under(y, first), window.columnStep(), at + y * across + first, end - first);
      }
      return;
    }
    if (!isSeen()) {
      patch.clear(at, 1, window.positions());
      return;
    }
    patch.clear(at, 1, firstRow * across);
    patch.clear(at + endRow * across, 1, window.positions() - endRow * across);
    int start = shiftStart();
    patch.copy(image, start, 1, at + start - origin, shiftEnd() - start);
    clearOutside(patch, at);
  }

  /** The adjoint: adds the values of the positions to the image; those outside are cleared. */
  void gather(HostValues patch, int at, HostValues image) {
    int across = window.positionsAcross();
    if (!isPlainShift()) {
      for (int y = firstRow; y < endRow; y++) {
        image.add(
            patch, at + y * across + first, under(y, first), window.columnStep(), end - first);
      }
      return;
    }
    if (isSeen()) {
      int start = shiftStart();
      clearOutside(patch, at);
      image.add(patch, at + start - origin, start, 1, shiftEnd() - start);
    }
  }

  private boolean isSeen() {
    return firstRow < endRow && first < end;
  }

  /** First value of the image in a plain shift of all rows, those beside the rows included. */
  private int shiftStart() {
    return Math.max(0, under(firstRow, 0));
  }

  private int shiftEnd() {
    return Math.min(window.imageSize(), under(endRow, 0));
  }

  /** Index in the image of this place at a position. */
  private int under(int row, int column) {
    return origin + row * window.rowStep() * window.width() + column * window.columnStep();
  }

  /** In a plain shift the columns beside the image hold values of the neighbouring rows. */
  private void clearOutside(HostValues patch, int at) {
    int across = window.positionsAcross();
    int start = at + firstRow * across;
    for (int x = 0; x < across; x++) {
      if (x < first || x >= end) {
        patch.clear(start + x, across, endRow - firstRow);
      }
    }
  }

  /** A row of positions is a row of the image: one copy moves all rows at once. */
  private boolean isPlainShift() {
    return window.rowStep() == 1
        && window.columnStep() == 1
        && window.positionsAcross() == window.width();
  }
}
