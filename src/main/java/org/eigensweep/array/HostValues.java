package org.eigensweep.array;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Working numbers of one precision in ordinary memory, where the virtual machine's loops over
 * ranges compile to vector instructions. Loops are written twice, everything above them once.
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

  /** Reads the first {@code count} numbers from native memory, {@code from} numbers behind it. */
  void read(Pointer storage, long from, int count);

  /** Writes the first {@code count} numbers to native memory. */
  void write(Pointer storage, long to, int count);

  /** One number. */
  double at(int index);

  /** Sets one number. */
  void put(int index, double value);

  /** Sets {@code count} numbers, {@code step} apart, to zero. */
  void clear(int from, int step, int count);

  /** Takes {@code count} numbers that stand {@code step} apart in another array of this kind. */
  void copy(HostValues source, int from, int step, int to, int count);

  /** Adds {@code count} numbers of another array to numbers that stand {@code step} apart here. */
  void add(HostValues source, int from, int to, int step, int count);

  /** {@code count} numbers y ← α·x² + β·y, with those of another array of this kind as x. */
  void addSquares(double alpha, HostValues x, double beta, int count);

  /** {@code count} numbers x ← α·x / (√y + ε), with those of another array of this kind as y. */
  void divideByRoots(double alpha, HostValues y, double epsilon, int count);

  /** Single precision. */
  @SuppressWarnings("ArrayRecordComponent") // worked on, never compared
  record Floats(float[] values) implements HostValues {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public void read(Pointer storage, long from, int count) {
      ((FloatPointer) storage).position(from).get(values, 0, count);
    }

    @Override
    public void write(Pointer storage, long to, int count) {
      ((FloatPointer) storage).position(to).put(values, 0, count);
    }

    @Override
    public double at(int index) {
      return values[index];
    }

    @Override
    public void put(int index, double value) {
      values[index] = (float) value;
    }

    @Override
    public void clear(int from, int step, int count) {
      if (step == 1) {
        Arrays.fill(values, from, from + count, 0);
        return;
      }
      for (int i = 0; i < count; i++) {
        values[from + i * step] = 0;
      }
    }

    @Override
    public void copy(HostValues source, int from, int step, int to, int count) {
      float[] other = ((Floats) source).values;
      if (step == 1) {
        System.arraycopy(other, from, values, to, count);
        return;
      }
      for (int i = 0; i < count; i++) {
        values[to + i] = other[from + i * step];
      }
    }

    @Override
    public void add(HostValues source, int from, int to, int step, int count) {
      float[] other = ((Floats) source).values;
      if (step == 1) {
        for (int i = 0; i < count; i++) {
          values[to + i] += other[from + i];
        }
        return;
      }
      for (int i = 0; i < count; i++) {
        values[to + i * step] += other[from + i];
      }
    }

    @Override
    public void addSquares(double alpha, HostValues x, double beta, int count) {
      float[] other = ((Floats) x).values;
      float a = (float) alpha;
      float b = (float) beta;
      for (int i = 0; i < count; i++) {
        values[i] = a * (other[i] * other[i]) + b * values[i];
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
  }

  /** Double precision. */
  @SuppressWarnings("ArrayRecordComponent") // worked on, never compared
  record Doubles(double[] values) implements HostValues {
    @Override
    public int size() {
      return values.length;
    }

    @Override
    public void read(Pointer storage, long from, int count) {
      ((DoublePointer) storage).position(from).get(values, 0, count);
    }

    @Override
    public void write(Pointer storage, long to, int count) {
      ((DoublePointer) storage).position(to).put(values, 0, count);
    }

    @Override
    public double at(int index) {
      return values[index];
    }

    @Override
    public void put(int index, double value) {
      values[index] = value;
    }

    @Override
    public void clear(int from, int step, int count) {
      for (int i = 0; i < count; i++) {
        values[from + i * step] = 0;
      }
    }

    @Override
    public void copy(HostValues source, int from, int step, int to, int count) {
      double[] other = ((Doubles) source).values;
      if (step == 1) {
        System.arraycopy(other, from, values, to, count);
        return;
      }
      for (int i = 0; i < count; i++) {
        values[to + i] = other[from + i * step];
      }
    }

    @Override
    public void add(HostValues source, int from, int to, int step, int count) {
      double[] other = ((Doubles) source).values;
      for (int i = 0; i < count; i++) {
        values[to + i * step] += other[from + i];
      }
    }

    @Override
    public void addSquares(double alpha, HostValues x, double beta, int count) {
      double[] other = ((Doubles) x).values;
      double a = alpha;
      double b = beta;
      for (int i = 0; i < count; i++) {
        values[i] = a * (other[i] * other[i]) + b * values[i];
      }
    }

    @Override
    public void divideByRoots(double alpha, HostValues y, double epsilon, int count) {
      double[] roots = ((Doubles) y).values;
      double a = alpha;
      double e = epsilon;
      for (int i = 0; i < count; i++) {
        values[i] = a * values[i] / (Math.sqrt(roots[i]) + e);
      }
    }
  }
}
