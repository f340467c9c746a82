package org.eigensweep.array.cuda;

import com.sun.jna.Pointer;

/**
 * Where kernels report a choice of a row that is not there: the card does not stop for it, so the
 * report is read when the device next waits for the card.
 */
final class BadRows {
  /** Whether there is one, the row, and the rows and columns there are to choose from. */
  private static final int BYTES = 4 * Long.BYTES;

  private final CudaStream stream;
  private final long report;
  private final long pinned;
  private boolean asked;

  BadRows(CudaStream stream, CardMemory memory) {
    this.stream = stream;
    this.report = memory.apart(BYTES);
    this.pinned = stream.pinned(BYTES);
    stream.clear(report, BYTES);
  }

  /** Where a kernel that is launched now reports. */
  long address() {
    asked = true;
    return report;
  }

  /** Copies the report, if any kernel may have made one, before the device waits. */
  void request() {
    if (asked) {
      stream.fetch(report, pinned, BYTES);
    }
  }

  /**
   * Reads what was copied, after the device has waited.
   *
   * @throws IndexOutOfBoundsException if a row was chosen that is not there
   */
  void refuse() {
    if (!asked) {
      return;
    }
    asked = false;
    long[] read = new Pointer(pinned).getLongArray(0, 4);
    if (read[0] != 0) {
      stream.clear(report, BYTES);
      throw new IndexOutOfBoundsException(
          "row %d was chosen from a %d x %d matrix".formatted(read[1], read[2], read[3]));
    }
  }
}
