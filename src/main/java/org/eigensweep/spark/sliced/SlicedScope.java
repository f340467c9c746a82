package org.eigensweep.spark.sliced;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Owns sliced matrices (those with as many rows as there are parameters) and ordinary ones in this
 * process.
 */
final class SlicedScope implements Scope {
  private final SlicedDevice device;
  private final Scope small;
  private final List<SlicedMatrix> owned = new ArrayList<>();
  private boolean open = true;

  SlicedScope(SlicedDevice device, Scope small) {
    this.device = device;
    this.small = small;
  }

  SlicedDevice device() {
    return device;
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public Matrix matrix(int rows, int columns) {
    if (rows != device.rows()) {
      return small.matrix(rows, columns);
    }
    if (!open) {
      throw new IllegalStateException("a closed scope was asked for a matrix");
    }
    if (columns < 1) {
      throw new IllegalArgumentException("no %d x %d matrix exists".formatted(rows, columns));
    }
    SlicedMatrix matrix = new SlicedMatrix(this, new ColumnRange(device.make(columns), 0, columns));
    owned.add(matrix);
    return matrix;
  }

  @Override
  public long bytes() {
    long numbers = owned.stream().mapToLong(Matrix::size).sum();
    return small.bytes() + numbers * device.precision().bytes();
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      owned.forEach(matrix -> device.free(matrix.range().block()));
      owned.clear();
      small.close();
    }
  }
}
