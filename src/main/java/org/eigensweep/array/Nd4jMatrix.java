package org.eigensweep.array;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A matrix over an ND4J array of 'f' order without gaps. */
final class Nd4jMatrix implements Matrix {
  private final Nd4jScope scope;
  private final INDArray array;
  private final int rows;
  private final int columns;

  Nd4jMatrix(Nd4jScope scope, INDArray array, int rows, int columns) {
    this.scope = scope;
    this.array = array;
    this.rows = rows;
    this.columns = columns;
  }

  /** The ND4J array, for the device alone. */
  INDArray array() {
    if (!scope.isOpen()) {
      throw new IllegalStateException(
          "a %d x %d matrix was used after its scope had closed".formatted(rows, columns));
    }
    return array;
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
  public Matrix view(long offset, int viewRows, int viewColumns) {
    if (offset < 0 || offset + (long) viewRows * viewColumns > size()) {
      throw new IndexOutOfBoundsException(
          "a %d x %d view at element %d reaches past the %d elements of a %d x %d matrix"
              .formatted(viewRows, viewColumns, offset, size(), rows, columns));
    }
    return new Nd4jMatrix(
        scope,
        Nd4jDevice.columnMajor(array().data(), array.offset() + offset, viewRows, viewColumns),
        viewRows,
        viewColumns);
  }

  @Override
  public void write(float[] values) {
    requireSize(values.length);
    switch (device().precision()) {
      case FLOAT32 -> {
        floats().put(values, 0, values.length);
        tagHost();
      }
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
      case FLOAT64 -> {
        doubles().put(values, 0, values.length);
        tagHost();
      }
    }
  }

  @Override
  public HostMatrix toHost() {
    Nd4j.getAffinityManager().ensureLocation(array(), Location.HOST);
    int count = Math.toIntExact(size());
    return switch (device().precision()) {
      case FLOAT32 -> {
        float[] values = new float[count];
        floats().get(values, 0, count);
        yield new HostMatrix.Floats(rows, columns, values);
      }
      case FLOAT64 -> {
        double[] values = new double[count];
        doubles().get(values, 0, count);
        yield new HostMatrix.Doubles(rows, columns, values);
      }
    };
  }

  @Override
  public double[] toDoubles() {
    HostMatrix host = toHost();
    if (host instanceof HostMatrix.Doubles wide) {
      return wide.values();
    }
    float[] narrow = ((HostMatrix.Floats) host).values();
    double[] values = new double[narrow.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = narrow[i];
    }
    return values;
  }

  private FloatPointer floats() {
    return new FloatPointer(array().data().addressPointer());
  }

  private DoublePointer doubles() {
    return new DoublePointer(array().data().addressPointer());
  }

  /** Tells ND4J on CUDA that the host's copy is the newer one; nothing on the CPU. */
  private void tagHost() {
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
  }

  private void requireSize(int length) {
    if (length != size()) {
      throw new IllegalArgumentException(
          "%d values do not fill a %d x %d matrix".formatted(length, rows, columns));
    }
  }
}
