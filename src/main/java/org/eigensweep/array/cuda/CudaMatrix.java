package org.eigensweep.array.cuda;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.Matrix;

/** A matrix in a card's memory. */
final class CudaMatrix implements Matrix {
  private final CudaScope scope;
  private final long address;
  private final int rows;
  private final int columns;

  CudaMatrix(CudaScope scope, long address, int rows, int columns) {
    this.scope = scope;
    this.address = address;
    this.rows = rows;
    this.columns = columns;
  }

  /** Where its first number lies. */
  long address() {
    requireOpen();
    return address;
  }

  private void requireOpen() {
    if (!scope.isOpen()) {
      throw new IllegalStateException(
          "a %d x %d matrix was used after its scope had closed".formatted(rows, columns));
    }
  }

  @Override
  public CudaDevice device() {
    return scope.device();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public Matrix view(long offset, int viewRows, int viewColumns) {
    requireOpen();
    if (offset < 0 || offset + (long) viewRows * viewColumns > size()) {
      throw new IndexOutOfBoundsException(
          "a %d x %d view at element %d reaches past the %d elements of a %d x %d matrix"
              .formatted(viewRows, viewColumns, offset, size(), rows, columns));
    }
    long from = address + offset * device().precision().bytes();
    return new CudaMatrix(scope, from, viewRows, viewColumns);
  }

  @Override
  public void write(float[] values) {
    requireSize(values.length);
    send(
        values.length,
        switch (device().precision()) {
          case FLOAT32 -> (to, from, count) -> to.asFloatBuffer().put(values, from, count);
          case FLOAT64 ->
              (to, from, count) -> {
                DoubleBuffer numbers = to.asDoubleBuffer();
                for (int i = 0; i < count; i++) {
                  numbers.put(i, values[from + i]);
                }
              };
        });
  }

  @Override
  public void write(double[] values) {
    requireSize(values.length);
    send(
        values.length,
        switch (device().precision()) {
          case FLOAT32 ->
              (to, from, count) -> {
                FloatBuffer numbers = to.asFloatBuffer();
                for (int i = 0; i < count; i++) {
                  numbers.put(i, (float) values[from + i]);
                }
              };
          case FLOAT64 -> (to, from, count) -> to.asDoubleBuffer().put(values, from, count);
        });
  }

  private void requireSize(int length) {
    if (length != size()) {
      throw new IllegalArgumentException(
          "%d values do not fill a %d x %d matrix".formatted(length, rows, columns));
    }
  }

  private void send(int count, Staging.Mover filler) {
    device().staging().send(address(), count, device().precision().bytes(), filler);
  }

  @Override
  public HostMatrix toHost() {
    int count = Math.toIntExact(size());
    return switch (device().precision()) {
      case FLOAT32 -> {
        float[] values = new float[count];
        fetch(count, (from, to, some) -> from.asFloatBuffer().get(values, to, some));
        yield new HostMatrix.Floats(rows, columns, values);
      }
      case FLOAT64 -> {
        double[] values = new double[count];
        fetch(count, (from, to, some) -> from.asDoubleBuffer().get(values, to, some));
        yield new HostMatrix.Doubles(rows, columns, values);
      }
    };
  }

  private void fetch(int count, Staging.Mover reader) {
    device().staging().fetch(address(), count, device().precision().bytes(), reader);
  }
}
