package org.eigensweep.array;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Working numbers of one precision in ordinary memory, where the virtual machine's loops over
 * ranges compile to vector instructions. Loops are written twice, everything above them once. Other
 * numbers that an operation takes are of the same kind.
 */
sealed interface HostValues {
  /** {@code size} numbers of a precision. */
  static HostValues of(Precision precision, int size) {
    return switch (precision) {
      case FLOAT32 -> new Floats(new float[size]);
      case FLOAT64 -> new Doubles(new double[size]);
    };
  }

  /** Numbers held. */
  int size();

  /** Reads {@code count} numbers from native memory, {@code from} numbers behind its start. */
  void read(Pointer storage, long from, int to, int count);

  /** Writes the first {@code count} numbers to native memory. */
  void write(Pointer storage, long to, int count);

  /** One number. */
  double at(int index);

  /** The first {@code count} numbers, towards 0. */
  void toInts(int[] into, int count);

  /** Sets one number. */
  void put(int index, double value);

  /** Sets {@code count} numbers. */
  void fill(int from, int count, double value);

  /** Takes {@code count} numbers of others. */
  void copy(HostValues source, int from, int to, int count);

  /** Adds {@code count} numbers of others. */
  void add(HostValues source, int from, int to, int count);

  /** Takes others as a matrix of rows × columns, and holds its transpose. */
  void transpose(HostValues source, int rows, int columns);

  /** The first {@code count} numbers x ← α·x. */
  void scale(double alpha, int count);

  /** The first {@code count} numbers out ← α·x·y + β·out; with β = 0 the old are not read. */
  void multiply(double alpha, HostValues x, HostValues y, double beta, int count);

  /** The first {@code count} numbers x ← min(max(x, least), most); no number stays one. */
  void clip(double least, double most, int count);

  /** The first {@code count} numbers ← 1 where they are above 0, and 0 elsewhere. */
  void step(int count);

  /** The first {@code count} numbers x ← 1/√x. */
  void invertRoots(int count);

  /** The first {@code count} numbers x ← α·x / (√y + ε). */
  void divideByRoots(double alpha, HostValues y, double epsilon, int count);

  /**
   * Compares {@code count} numbers with the largest so far, of which the first of equals and no
   * number before numbers are kept.
   *
   * @param from first of the numbers
   * @param best the largest so far, from {@code at} on
   * @param chosen where each of these stands here, from {@code at} on; −1 where there is none yet
   */
  void keepLargest(int from, int count, HostValues best, HostValues chosen, int at);

  /** Single precision. */
  @SuppressWarnings("ArrayRecordComponent") // worked on, never compared
  record Floats(float[] values) implements HostValues {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public void read(Pointer storage, long from, int to, int count) {
      new FloatPointer(storage).position(from).get(values, to, count);
    }

    @Override
    public void write(Pointer storage, long to, int count) {
      new FloatPointer(storage).position(to).put(values, 0, count);
    }

    @Override
    public double at(int index) {
      return values[index];
    }

    @Override
    public void toInts(int[] into, int count) {
      for (int i = 0; i < count; i++) {
        into[i] = (int) values[i];
      }
    }

    @Override
    public void put(int index, double value) {
      values[index] = (float) value;
    }

    @Override
    public void fill(int from, int count, double value) {
      Arrays.fill(values, from, from + count, (float) value);
    }

    @Override
    public void copy(HostValues source, int from, int to, int count) {
      System.arraycopy(((Floats) source).values, from, values, to, count);
    }

    @Override
    public void add(HostValues source, int from, int to, int count) {
      float[] other = ((Floats) source).values;
      for (int i = 0; i < count; i++) {
        values[to + i] += other[from + i];
      }
    }

    @Override
    public void transpose(HostValues source, int rows, int columns) {
      float[] other = ((Floats) source).values;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          values[i * columns + j] = other[j * rows + i];
        }
      }
    }

    @Override
    public void scale(double alpha, int count) {
      float a = (float) alpha;
      for (int i = 0; i < count; i++) {
        values[i] *= a;
      }
    }

    @Override
    public void multiply(double alpha, HostValues x, HostValues y, double beta, int count) {
      float[] left = ((Floats) x).values;
      float[] right = ((Floats) y).values;
      float a = (float) alpha;
      float b = (float) beta;
      if (b == 0) {
        for (int i = 0; i < count; i++) {
          values[i] = a * (left[i] * right[i]);
        }
      } else {
        for (int i = 0; i < count; i++) {
          values[i] = a * (left[i] * right[i]) + b * values[i];
        }
      }
    }

    @Override
    public void clip(double least, double most, int count) {
      float low = (float) least;
      float high = (float) most;
      for (int i = 0; i < count; i++) {
        values[i] = Math.min(Math.max(values[i], low), high);
      }
    }

    @Override
    public void step(int count) {
      for (int i = 0; i < count; i++) {
        values[i] = values[i] > 0 ? 1 : 0;
      }
    }

    @Override
    public void invertRoots(int count) {
      for (int i = 0; i < count; i++) {
        values[i] = 1 / (float) Math.sqrt(values[i]);
      }
    }

    @Override
    public void divideByRoots(double alpha, HostValues y, double epsilon, int count) {
      float[] roots = ((Floats) y).values;
      float a = (float) alpha;
      float e = (float) epsilon;
      for (int i = 0; i < count; i++) {
        values[i] = a * values[i] / ((float) Math.sqrt(roots[i]) + e);
      }
    }

    @Override
    public void keepLargest(int from, int count, HostValues best, HostValues chosen, int at) {
      float[] largest = ((Floats) best).values;
      float[] places = ((Floats) chosen).values;
      for (int i = 0; i < count; i++) {
        float value = values[from + i];
        if (places[at + i] < 0
            || value > largest[at + i]
            || (Float.isNaN(value) && !Float.isNaN(largest[at + i]))) {
          largest[at + i] = value;
          places[at + i] = from + i;
        }
      }
    }
  }

  /** Double precision. */
  @SuppressWarnings("ArrayRecordComponent") // worked on, never compared
  record Doubles(double[] values) implements HostValues {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public void read(Pointer storage, long from, int to, int count) {
      new DoublePointer(storage).position(from).get(values, to, count);
    }

    @Override
    public void write(Pointer storage, long to, int count) {
      new DoublePointer(storage).position(to).put(values, 0, count);
    }

    @Override
    public double at(int index) {
      return values[index];
    }

    @Override
    public void toInts(int[] into, int count) {
      for (int i = 0; i < count; i++) {
        into[i] = (int) values[i];
      }
    }

    @Override
    public void put(int index, double value) {
      values[index] = value;
    }

    @Override
    public void fill(int from, int count, double value) {
      Arrays.fill(values, from, from + count, value);
    }

    @Override
    public void copy(HostValues source, int from, int to, int count) {
      System.arraycopy(((Doubles) source).values, from, values, to, count);
    }

    @Override
    public void add(HostValues source, int from, int to, int count) {
      double[] other = ((Doubles) source).values;
      for (int i = 0; i < count; i++) {
        values[to + i] += other[from + i];
      }
    }

    @Override
    public void transpose(HostValues source, int rows, int columns) {
      double[] other = ((Doubles) source).values;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          values[i * columns + j] = other[j * rows + i];
        }
      }
    }

    @Override
    public void scale(double alpha, int count) {
      for (int i = 0; i < count; i++) {
        values[i] *= alpha;
      }
    }

    @Override
    public void multiply(double alpha, HostValues x, HostValues y, double beta, int count) {
      double[] left = ((Doubles) x).values;
      double[] right = ((Doubles) y).values;
      if (beta == 0) {
        for (int i = 0; i < count; i++) {
          values[i] = alpha * (left[i] * right[i]);
        }
      } else {
        for (int i = 0; i < count; i++) {
          values[i] = alpha * (left[i] * right[i]) + beta * values[i];
        }
      }
    }

    @Override
    public void clip(double least, double most, int count) {
      for (int i = 0; i < count; i++) {
        values[i] = Math.min(Math.max(values[i], least), most);
      }
    }

    @Override
    public void step(int count) {
      for (int i = 0; i < count; i++) {
        values[i] = values[i] > 0 ? 1 : 0;
      }
    }

    @Override
    public void invertRoots(int count) {
      for (int i = 0; i < count; i++) {
        values[i] = 1 / Math.sqrt(values[i]);
      }
    }

    @Override
    public void divideByRoots(double alpha, HostValues y, double epsilon, int count) {
      double[] roots = ((Doubles) y).values;
      for (int i = 0; i < count; i++) {
        values[i] = alpha * values[i] / (Math.sqrt(roots[i]) + epsilon);
      }
    }

    @Override
    public void keepLargest(int from, int count, HostValues best, HostValues chosen, int at) {
      double[] largest = ((Doubles) best).values;
      double[] places = ((Doubles) chosen).values;
      for (int i = 0; i < count; i++) {
        double value = values[from + i];
        if (places[at + i] < 0
            || value > largest[at + i]
            || (Double.isNaN(value) && !Double.isNaN(largest[at + i]))) {
          largest[at + i] = value;
          places[at + i] = from + i;
        }
      }
    }
  }
}
