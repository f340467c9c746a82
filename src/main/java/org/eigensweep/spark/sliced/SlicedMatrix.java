package org.eigensweep.spark.sliced;

import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixSource;

/** Columns of a block whose rows lie in slices on the executors. */
final class SlicedMatrix implements Matrix {
  private final SlicedScope scope;
  private final ColumnRange range;

  SlicedMatrix(SlicedScope scope, ColumnRange range) {
    this.scope = scope;
    this.range = range;
  }

  /** The columns. Usable while the scope is open. */
  ColumnRange range() {
    return range;
  }

  void requireOpen() {
    if (!scope.isOpen()) {
      throw new IllegalStateException(
          "a %d x %d matrix was used after its scope had closed".formatted(rows(), columns()));
    }
  }

  @Override
  public SlicedDevice device() {
    return scope.device();
  }

  @Override
  public int rows() {
    return scope.device().rows();
  }

  @Override
  public int columns() {
    return range.count();
  }

  /** Only views of whole columns exist. */
  @Override
  public Matrix view(long offset, int rows, int columns) {
    requireOpen();
    if (rows != rows() || offset % rows != 0) {
      throw new UnsupportedOperationException(
          "a %d x %d view at element %d of a sliced block, expected whole columns of %d rows"
              .formatted(rows, columns, offset, rows()));
    }
    int from = Math.toIntExact(offset / rows);
    if (from < 0 || columns < 0 || from + columns > range.count()) {
      throw new IndexOutOfBoundsException(
          "columns %d to %d reach past the %d of a sliced block"
              .formatted(from, from + columns, range.count()));
    }
    return new SlicedMatrix(scope, new ColumnRange(range.block(), range.from() + from, columns));
  }

  @Override
  public void write(float[] values) {
    requireSize(values.length);
    write(new HostMatrix.Floats(rows(), columns(), values));
  }

  @Override
  public void write(double[] values) {
    requireSize(values.length);
    write(new HostMatrix.Doubles(rows(), columns(), values));
  }

  @Override
  public void write(MatrixSource source) {
    requireSize((long) source.rows() * source.columns());
    device().write(this, source);
  }

  @Override
  public HostMatrix toHost() {
    return device().read(this);
  }

  @Override
  public MatrixSource snapshot() {
    return device().store(this);
  }

  private void requireSize(long length) {
    if (length != size()) {
      throw new IllegalArgumentException(
          "%d values do not fill a %d x %d matrix".formatted(length, rows(), columns()));
    }
  }
}
