package org.eigensweep.array;

import java.util.Random;

/** What the tests of all operations of a device need: operands, and how close is close. */
public abstract class Contract extends OnDevice {
  private final Random random = new Random(7);

  /** Relative error of a sum of {@code terms} products of numbers below 1: Higham's n·u bound. */
  double tolerance(int terms) {
    return 4 * (terms + 4) * device.precision().roundoff();
  }

  /** A new matrix of random numbers in [-1, 1). */
  Matrix filled(int rows, int columns) {
    Matrix matrix = scope.matrix(rows, columns);
    matrix.write(random.doubles((long) rows * columns, -1, 1).toArray());
    return matrix;
  }

  /** Element (i, j) of a matrix of so many rows in storage order. */
  static double at(double[] values, int rows, int i, int j) {
    return values[i + j * rows];
  }
}
