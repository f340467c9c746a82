package org.eigensweep.array;

import java.io.Serializable;

/**
 * A column-major matrix in ordinary memory: the form in which numbers cross processes and files.
 * The arrays are shared, never copied: treat them as read-only.
 */
public sealed interface HostMatrix extends Serializable {
  /** Number of rows. */
  int rows();

  /** Number of columns. */
  int columns();

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
