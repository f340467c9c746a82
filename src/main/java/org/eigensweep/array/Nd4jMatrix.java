package org.eigensweep.array;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A matrix over an ND4J array of 'f' order without gaps. */
final class Nd4jMatrix implements Matrix {
  private final Nd4jScope scope;
  private final Storage storage;
  private final long offset;
  private final int rows;
  private final int columns;

  /** The numbers' place in ordinary memory, once it was asked for. */
  private volatile Pointer pointer;

  /**
   * A matrix in the storage of another.
   *
   * @param storage all of it
   * @param offset first element in it
   */
  Nd4jMatrix(Nd4jScope scope, Storage storage, long offset, int rows, int columns) {
    this.scope = scope;
    this.storage = storage;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
  }

  /** The ND4J array, for the device alone. */
  INDArray array() {
    requireOpen();
    return storage.view(offset, rows, columns);
  }

  private void requireOpen() {
    if (!scope.isOpen()) {
      throw new IllegalStateException(
          "a %d x %d matrix was used after its scope had closed".formatted(rows, columns));
    }
  }

  @Override
  public Nd4jDevice device() {
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
  public Matrix view(long from, int viewRows, int viewColumns) {
    requireOpen();
    if (from < 0 || from + (long) viewRows * viewColumns > size()) {
      throw new IndexOutOfBoundsException(
          "a %d x %d view at element %d reaches past the %d elements of a %d x %d matrix"
              .formatted(viewRows, viewColumns, from, size(), rows, columns));
    }
    return new Nd4jMatrix(scope, storage, this.offset + from, viewRows, viewColumns);
  }

  @Override
  public void write(float[] values) {
    requireSize(values.length);
    switch (device().precision()) {
      case FLOAT32 -> write(0, new HostValues.Floats(values), values.length);
      case FLOAT64 -> {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
          wide[i] = values[i];
        }
        write(wide);
      }
    }
  }

  @Override
  public void write(double[] values) {
    requireSize(values.length);
    switch (device().precision()) {
      case FLOAT32 -> {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
          narrow[i] = (float) values[i];
        }
        write(narrow);
      }
      case FLOAT64 -> write(0, new HostValues.Doubles(values), values.length);
    }
  }

  @Override
  public HostMatrix toHost() {
    int count = Math.toIntExact(size());
    return switch (device().precision()) {
      case FLOAT32 -> {
        float[] values = new float[count];
        read(0, new HostValues.Floats(values), count);
        yield new HostMatrix.Floats(rows, columns, values);
      }
      case FLOAT64 -> {
        double[] values = new double[count];
        read(0, new HostValues.Doubles(values), count);
        yield new HostMatrix.Doubles(rows, columns, values);
      }
    };
  }

  /** Reads {@code count} numbers in storage order, from an element on. */
  void read(long from, HostValues values, int count) {
    read(from, values, 0, count);
  }

  /** The same into the values from {@code to} on. */
  void read(long from, HostValues values, int to, int count) {
    values.read(hostStorage(), offset + from, to, count);
  }

  /** Writes {@code count} numbers in storage order, from an element on. */
  void write(long to, HostValues values, int count) {
    values.write(hostStorage(), offset + to, count);
    tagHost();
  }

  /** All of the storage in host memory, on CUDA a current copy; whoever moves in it copies it. */
  Pointer hostStorage() {
    requireOpen();
    Nd4j.getAffinityManager().ensureLocation(storage.array(), Location.HOST);
    if (pointer == null) {
      Pointer start = storage.array().data().addressPointer();
      pointer =
          switch (device().precision()) {
            case FLOAT32 -> new FloatPointer(start);
            case FLOAT64 -> new DoublePointer(start);
          };
    }
    return pointer;
  }

  /** First element of this matrix in {@link #hostStorage}. */
  long offset() {
    return offset;
  }

  /** Tells ND4J on CUDA that the host's copy is the newer one; nothing on the CPU. */
  void tagHost() {
    Nd4j.getAffinityManager().tagLocation(storage.array(), Location.HOST);
  }

  private void requireSize(int length) {
    if (length != size()) {
      throw new IllegalArgumentException(
          "%d values do not fill a %d x %d matrix".formatted(length, rows, columns));
    }
  }
}
