package org.eigensweep.array.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Element-wise functions and products, checked against loops over doubles. */
class ElementwiseTest {
  private final OneDnn dnn = OneDnn.open().orElseThrow();
  private final Elementwise elementwise = new Elementwise(dnn);

  @AfterEach
  void close() {
    dnn.close();
  }

  @ParameterizedTest
  @EnumSource(Function.class)
  void mapsEachNumber(Function f) {
    float[] range = new float[10_007];
    for (int i = 0; i < range.length; i++) {
      range[i] = (f == Function.SQRT ? 0 : -30) + 60f * i / range.length;
    }
    Numbers in = new Numbers(range);
    Numbers out = Numbers.of(Float.NaN, range.length);
    elementwise.map(f, range.length, in.address(), out.address());
    double[] values = out.doubles();
    for (int i = 0; i < range.length; i++) {
      double expected = valueOf(f, range[i]);
      // a polynomial and some products, each rounded: measured are at most 5 roundings
      double bound = 8 * Numbers.ROUNDOFF * Math.max(1, Math.abs(expected));
      assertThat(values[i]).as("%s of %s", f, range[i]).isCloseTo(expected, within(bound));
    }
    assertThat(in.floats()).containsExactly(range);
    elementwise.map(f, range.length, in.address(), in.address());
    assertThat(in.floats()).containsExactly(out.floats());
  }

  private static double valueOf(Function f, double x) {
    return switch (f) {
      case TANH -> Math.tanh(x);
      case LOGISTIC -> 1 / (1 + Math.exp(-x));
      case EXP -> Math.exp(x);
      case SQRT -> Math.sqrt(x);
      case ELU -> x > 0 ? x : Math.expm1(x);
    };
  }

  @ParameterizedTest
  @EnumSource(Function.class)
  void makesNoNumberOfWhatIsNone(Function f) {
    Numbers x = Numbers.of(Float.NaN, 17);
    elementwise.map(f, 17, x.address(), x.address());
    for (float value : x.floats()) {
      assertThat(Float.isFinite(value)).isFalse();
    }
  }

  /** With and without pieces: one, some, and some with a rest. */
  @ParameterizedTest
  @CsvSource({"1", "19", "65536", "140001"})
  void splitsAtZero(int count) {
    Numbers x = Numbers.random(count);
    x.set(0, Float.NaN);
    x.set(count - 1, count == 1 ? Float.NaN : Float.NEGATIVE_INFINITY);
    float[] in = x.floats();
    float[] positive = new float[count];
    float[] steps = new float[count];
    for (int i = 0; i < count; i++) {
      positive[i] = Math.max(in[i], 0);
      steps[i] = in[i] <= 0 ? 0 : 1;
    }
    Numbers out = Numbers.of(9, count);
    elementwise.positive(count, x.address(), out.address());
    assertThat(out.floats()).containsExactly(positive);
    elementwise.step(count, x.address(), out.address());
    assertThat(out.floats()).containsExactly(steps);
    elementwise.positive(count, x.address(), x.address());
    assertThat(x.floats()).containsExactly(positive);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,4", "5,1", "10,33", "1000,3"})
  void takesTheSoftmaxOfEachColumn(int rows, int columns) {
    float[] values = Numbers.random(rows * columns).floats();
    for (int i = 0; i < values.length; i++) {
      values[i] *= 40;
    }
    Numbers in = new Numbers(values);
    Numbers out = Numbers.of(Float.NaN, values.length);
    elementwise.softmax(rows, columns, in.address(), out.address());
    double[] p = out.doubles();
    for (int j = 0; j < columns; j++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < rows; i++) {
        max = Math.max(max, values[i + j * rows]);
      }
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += Math.exp(values[i + j * rows] - max);
      }
      for (int i = 0; i < rows; i++) {
        double expected = Math.exp(values[i + j * rows] - max) / sum;
        // the argument of exp, of up to 80, is rounded, and exp; the sum has so many terms
        double bound = (80 + 8 + rows) * Numbers.ROUNDOFF * expected + Float.MIN_NORMAL;
        assertThat(p[i + j * rows]).isCloseTo(expected, within(bound));
      }
    }
    elementwise.softmax(rows, columns, in.address(), in.address());
    assertThat(in.floats()).containsExactly(out.floats());
  }

  @Test
  void leavesNoSoftmaxOfWhatIsNoNumberFinite() {
    for (int at = 0; at < 3; at++) {
      Numbers x = new Numbers(1, -2, 3);
      x.set(at, Float.NaN);
      elementwise.softmax(3, 1, x.address(), x.address());
      assertThat(x.floats()[at]).isNaN();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,9", "9,1", "13,17", "64,70"})
  void multipliesByNumbersThatMayRepeat(int rows, int columns) {
    for (float alpha : new float[] {1, -1, 0.3f}) {
      for (float beta : new float[] {0, 1, -0.25f}) {
        Products p = new Products(rows, columns, alpha, beta);
        p.check(rows * columns, i -> i, elementwise::multiply);
        p.check(
            rows,
            i -> i % rows,
            (n, a, x, y, b, out) -> elementwise.multiplyByColumn(rows, columns, a, x, y, b, out));
        p.check(
            columns,
            i -> i / rows,
            (n, a, x, y, b, out) -> elementwise.multiplyByRow(rows, columns, a, x, y, b, out));
      }
    }
  }

  private interface Multiplication {
    void compute(long count, float alpha, long x, long y, float beta, long out);
  }

  private interface Repetition {
    int of(int index);
  }

  private record Products(int rows, int columns, float alpha, float beta) {
    void check(int factors, Repetition factor, Multiplication multiply) {
      Numbers x = Numbers.random(rows * columns);
      Numbers y = Numbers.random(factors);
      Numbers out = beta == 0 ? Numbers.of(Float.NaN, x.count()) : Numbers.random(x.count());
      double[] a = x.doubles();
      double[] b = y.doubles();
      double[] expected = out.doubles();
      for (int i = 0; i < expected.length; i++) {
        double old = beta == 0 ? 0 : beta * expected[i];
        expected[i] = alpha * a[i] * b[factor.of(i)] + old;
      }
      multiply.compute(x.count(), alpha, x.address(), y.address(), beta, out.address());
      // three products and a sum of numbers below 1
      assertThat(out.doubles()).containsExactly(expected, within(4 * Numbers.ROUNDOFF));
      if (beta == 0) {
        multiply.compute(x.count(), alpha, x.address(), y.address(), beta, x.address());
        assertThat(x.floats()).containsExactly(out.floats());
      }
    }
  }
}
