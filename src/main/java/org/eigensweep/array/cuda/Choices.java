package org.eigensweep.array.cuda;

import org.eigensweep.array.Matrix;

/** Columns and elements that are chosen by their numbers; all shapes fit. */
final class Choices {
  private final CudaDevice device;
  private final Staging staging;
  private final BadRows badRows;

  /**
   * Choices on a device.
   *
   * @param staging takes the numbers of columns to the card
   * @param badRows takes reports of rows that are not there
   */
  Choices(CudaDevice device, Staging staging, BadRows badRows) {
    this.device = device;
    this.staging = staging;
    this.badRows = badRows;
  }

  /** See {@link org.eigensweep.array.Device#gatherColumns}. */
  void columns(Matrix from, int[] columns, Matrix to) {
    int most = Staging.most(Integer.BYTES);
    for (int first = 0; first < columns.length; first += most) {
      int at = first;
      int count = Math.min(most, columns.length - first);
      long n = (long) count * from.rows();
      long given = device.address(from);
      long place = device.address(to.columns(at, count));
      long table =
          staging.table(
              count * Integer.BYTES, buffer -> buffer.asIntBuffer().put(columns, at, count));
      device.stream().each("gather_columns", n, n, from.rows(), given, table, place);
    }
  }

  /** See {@link org.eigensweep.array.Device#gatherEach}. */
  void gather(Matrix from, Matrix rows, Matrix to) {
    device.stream()
        .each(
            "gather_each",
            to.size(),
            to.size(),
            to.rows(),
            from.rows(),
            from.columns(),
            rows.columns(),
            device.address(from),
            device.address(rows),
            device.address(to),
            badRows.address());
  }

  /** See {@link org.eigensweep.array.Device#addScattered}. */
  void scatter(Matrix from, Matrix rows, Matrix to) {
    device.stream()
        .blocks(
            "add_scattered",
            to.columns(),
            from.rows(),
            to.rows(),
            to.columns(),
            rows.columns(),
            device.address(from),
            device.address(rows),
            device.address(to),
            badRows.address());
  }
}
