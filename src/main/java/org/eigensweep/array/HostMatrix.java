package org.eigensweep.array;

import java.util.Arrays;
import java.util.List;

/**
 * A column-major matrix in ordinary memory: the form in which numbers cross processes and files.
 * The arrays are shared, never copied: treat them as read-only.
 */
public sealed interface HostMatrix extends MatrixSource {
  /** Some of its rows, copied where they are not all. */
  @Override
  default HostMatrix rows(int from, int to) {
    if (from == 0 && to == rows()) {
      return this;
    }
    HostMatrix some = like(to - from, columns());
    copyRows(this, from, some, 0, some.rows());
    return some;
  }

  /**
   * Puts matrices on top of each other.
   *
   * @param parts at least one, of one precision and as many columns
   */
  static HostMatrix stacked(List<HostMatrix> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int rows = parts.stream().mapToInt(HostMatrix::rows).sum();
    HostMatrix all = parts.get(0).like(rows, parts.get(0).columns());
    int at = 0;
    for (HostMatrix part : parts) {
      copyRows(part, 0, all, at, part.rows());
      at += part.rows();
    }
    return all;
  }

  /** Copies consecutive rows between matrices of one precision and as many columns. */
  private static void copyRows(HostMatrix from, int first, HostMatrix to, int at, int count) {
    for (int j = 0; j < from.columns(); j++) {
      System.arraycopy(
          from.array(), j * from.rows() + first, to.array(), j * to.rows() + at, count);
    }
  }

  /** A matrix of zeros in the same precision. */
  private HostMatrix like(int rows, int columns) {
    int size = Math.multiplyExact(rows, columns);
    return this instanceof Floats
        ? new Floats(rows, columns, new float[size])
        : new Doubles(rows, columns, new double[size]);
  }

  /** The array of numbers. */
  private Object array() {
    return this instanceof Floats single ? single.values() : ((Doubles) this).values();
  }

  /** The numbers in storage order as doubles: the array itself where it holds doubles. */
  double[] toDoubles();

  /** sum ← sum + the numbers in storage order. */
  void addTo(double[] sum);

  /**
   * Single precision.
   *
   * @param rows number of rows
   * @param columns number of columns
   * @param values rows × columns numbers, column after column
   */
  @SuppressWarnings("ArrayRecordComponent") // moved, never compared
  record Floats(int rows, int columns, float[] values) implements HostMatrix {
    @Override
    public boolean holdsSameAs(MatrixSource other) {
      return other instanceof Floats it && it.rows == rows && Arrays.equals(it.values, values);
    }

    @Override
    public double[] toDoubles() {
      double[] wide = new double[values.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = values[i];
      }
      return wide;
    }

    @Override
    public void addTo(double[] sum) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i];
      }
    }
  }

  /**
   * Double precision.
   *
   * @param rows number of rows
   * @param columns number of columns
   * @param values rows × columns numbers, column after column
   */
  @SuppressWarnings("ArrayRecordComponent") // moved, never compared
  record Doubles(int rows, int columns, double[] values) implements HostMatrix {
    @Override
    public boolean holdsSameAs(MatrixSource other) {
      return other instanceof Doubles it && it.rows == rows && Arrays.equals(it.values, values);
    }

    @Override
    public double[] toDoubles() {
      return values;
    }

    @Override
    public void addTo(double[] sum) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += values[i];
      }
    }
  }
}
