package org.eigensweep.network.layer;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Activations by channel: an example is one column, channel after channel, each of so many
 * positions; a plain vector has as many channels as values. What there is once a channel is plain
 * doubles.
 *
 * @param count number of channels
 * @param positions values of one channel in one example
 */
public record Channels(int count, int positions) {
  /** Values of an example. */
  int values() {
    return Math.multiplyExact(count, positions);
  }

  /** A number for each channel. */
  double[] each(IntToDoubleFunction number) {
    return IntStream.range(0, count).mapToDouble(number).toArray();
  }

  /** Each channel of each example as a column. */
  private Matrix planes(Matrix x) {
    return x.view(0, positions, count * x.columns());
  }

  /** Σ x over positions and examples. */
  double[] sums(Matrix x) {
    Device device = x.device();
    try (Scope temporary = device.open()) {
      Matrix planeSums = temporary.matrix(count, x.columns());
      Matrix sums = temporary.matrix(count, 1);
      Matrix row = planeSums.view(0, 1, count * x.columns());
      device.gemm(YES, NO, 1, device.ones(positions), planes(x), 0, row);
      device.gemm(NO, NO, 1, planeSums, device.ones(x.columns()), 0, sums);
      return sums.toDoubles();
    }
  }

  /** Σ x⊙y over positions and examples. */
  double[] dots(Matrix x, Matrix y) {
    try (Scope temporary = x.device().open()) {
      Matrix products = temporary.matrix(x.rows(), x.columns());
      x.device().multiply(x, y, products);
      return sums(products);
    }
  }

  /** out ← f_c·x in every channel c; {@code out} may be x. */
  void scale(double[] factors, Matrix x, Matrix out) {
    try (Scope temporary = x.device().open()) {
      x.device().scaleColumns(planes(x), spread(factors, x.columns(), temporary), planes(out));
    }
  }

  /** out ← out + f_c·x in every channel c. */
  void addScaled(double[] factors, Matrix x, Matrix out) {
    try (Scope temporary = x.device().open()) {
      Matrix scaled = temporary.matrix(x.rows(), x.columns());
      scale(factors, x, scaled);
      x.device().axpy(1, scaled, out);
    }
  }

  /** x ← x + f_c in every channel c. */
  void shift(double[] amounts, Matrix x) {
    Device device = x.device();
    try (Scope temporary = device.open()) {
      Matrix row = spread(amounts, x.columns(), temporary);
      device.gemm(NO, NO, 1, device.ones(positions), row, 1, planes(x));
    }
  }

  /** Numbers of the channels, again for every example: 1 × (channels · examples). */
  private Matrix spread(double[] numbers, int examples, Scope scope) {
    Matrix column = scope.matrix(count, 1);
    Matrix spread = scope.matrix(count, examples);
    Device device = column.device();
    column.write(numbers);
    device.gemm(NO, YES, 1, column, device.ones(examples), 0, spread);
    return spread.view(0, 1, count * examples);
  }
}
