package org.eigensweep.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every device must do, checked against loops over doubles. */
public abstract class DeviceContract extends Contract {
  @ParameterizedTest
  @CsvSource({"1,1", "1,9", "9,1", "13,17"})
  void worksElementByElement(int rows, int columns) {
    Matrix x = filled(rows, columns);
    Matrix y = filled(rows, columns);
    Matrix out = filled(rows, columns);
    double[] product = combine(x, y, (a, b) -> a * b);
    double[] shifted = combine(x, y, (a, b) -> b + 0.3 * a);
    double[] scaled = combine(x, x, (a, b) -> -2.5 * a);
    device.multiply(x, y, out);
    assertThat(out.toDoubles()).containsExactly(product, within(tolerance(1)));
    device.axpy(0.3, x, y);
    assertThat(y.toDoubles()).containsExactly(shifted, within(tolerance(1)));
    device.scale(-2.5, x);
    assertThat(x.toDoubles()).containsExactly(scaled, within(tolerance(1)));
    device.copy(x, out);
    assertThat(out.toDoubles()).containsExactly(x.toDoubles());
    device.multiply(x, x, x);
    assertThat(x.toDoubles())
        .containsExactly(combine(out, out, (a, b) -> a * b), within(tolerance(1)));
    device.fill(3, x);
    assertThat(x.toDoubles()).containsOnly(3);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,9", "9,1", "13,17", "5000,3"})
  void scalesColumnsAndRows(int rows, int columns) {
    Matrix wide = filled(rows, columns + 2);
    Matrix x = wide.columns(1, columns);
    double[] outer = wide.toDoubles();
    Matrix byColumn = filled(columns + 1, 1).view(1, 1, columns);
    Matrix byRow = filled(rows + 1, 1).view(1, rows, 1);
    double[] in = x.toDoubles();
    double[] f = byColumn.toDoubles();
    double[] g = byRow.toDoubles();
    double[] scaledColumns = new double[in.length];
    double[] scaledRows = new double[in.length];
    for (int e = 0; e < in.length; e++) {
      scaledColumns[e] = in[e] * f[e / rows];
      scaledRows[e] = in[e] * g[e % rows];
    }
    Matrix out = scope.matrix(rows, columns);
    device.multiply(x, byColumn, out);
    assertThat(out.toDoubles()).containsExactly(scaledColumns, within(tolerance(1)));
    device.multiply(x, byRow, out);
    assertThat(out.toDoubles()).containsExactly(scaledRows, within(tolerance(1)));
    assertThat(x.toDoubles()).containsExactly(in);
    device.multiply(x, byRow, x);
    assertThat(x.toDoubles()).containsExactly(out.toDoubles());
    device.multiply(x, byColumn, out);
    device.multiply(x, byColumn, x);
    assertThat(x.toDoubles()).containsExactly(out.toDoubles());
    assertThat(wide.column(0).toDoubles()).containsExactly(Arrays.copyOf(outer, rows));
    assertThat(wide.column(columns + 1).toDoubles())
        .containsExactly(Arrays.copyOfRange(outer, outer.length - rows, outer.length));
  }

  @ParameterizedTest
  @CsvSource({
    "1,1", "1,9", "4096,1", "13,17", "5000,3"
  }) // pieces of 4096: one, and some with a rest
  void addsProductsAndDividesByRoots(int rows, int columns) {
    Matrix wide = filled(rows, columns + 2);
    Matrix y = wide.columns(1, columns);
    Matrix x = filled(rows, columns);
    double[] outer = wide.toDoubles();
    double[] sums = combine(x, y, (a, b) -> 0.3 * a * a - 0.25 * b);
    device.multiply(0.3, x, x, -0.25, y);
    assertThat(y.toDoubles()).containsExactly(sums, within(tolerance(1)));
    device.multiply(y, y, y); // squares of what is known, so that some roots are near 0
    double[] quotients = combine(x, y, (a, b) -> -2 * a / (Math.sqrt(b) + 1e-2));
    Matrix out = scope.matrix(rows, columns);
    device.divideByRoots(-2, x, y, 1e-2, out);
    // a quotient is at most 2/1e-2, with some relative roundings
    assertThat(out.toDoubles()).containsExactly(quotients, within(200 * tolerance(1)));
    double[] squares = y.toDoubles();
    device.divideByRoots(-2, x, y, 1e-2, x);
    assertThat(x.toDoubles()).containsExactly(out.toDoubles());
    assertThat(y.toDoubles()).containsExactly(squares);
    assertThat(wide.column(0).toDoubles()).containsExactly(Arrays.copyOf(outer, rows));
    assertThat(wide.column(columns + 1).toDoubles())
        .containsExactly(Arrays.copyOfRange(outer, outer.length - rows, outer.length));
  }

  /** Factors that are used over and over: fewer than a piece of 4096, as many, and more. */
  @ParameterizedTest
  @CsvSource({"1, 1, 5", "3, 4, 6", "64, 64, 3", "700, 9, 2", "1, 5000, 2"})
  void repeatsFactorsOverColumns(int rows, int period, int times) {
    Matrix x = filled(rows, period * times);
    for (Matrix y : new Matrix[] {filled(rows, period), filled(1, period)}) {
      Matrix out = filled(rows, period * times);
      double[] in = x.toDoubles();
      double[] f = y.toDoubles();
      double[] expected = out.toDoubles();
      for (int e = 0; e < in.length; e++) {
        int column = e / rows % period;
        double factor = y.rows() == 1 ? f[column] : f[column * rows + e % rows];
        expected[e] = -2 * in[e] * factor + 0.5 * expected[e];
      }
      device.multiply(-2, x, y, 0.5, out);
      assertThat(out.toDoubles()).containsExactly(expected, within(2 * tolerance(2)));
    }
  }

  @Test
  void dividesByARootIntoTheSquaresToo() {
    Matrix x = scope.matrix(3, 1);
    Matrix y = scope.matrix(3, 1);
    x.write(new double[] {3, 0, -1});
    y.write(new double[] {4, 0, 0.25});
    device.divideByRoots(1, x, y, 1, y);
    assertThat(x.toDoubles()).containsExactly(3, 0, -1);
    // 1 and 0 exactly: nothing to round
    assertThat(y.toDoubles()).containsExactly(new double[] {1, 0, -1 / 1.5}, within(tolerance(1)));
  }

  @Test
  void worksOnViewsAndLeavesTheRestAlone() {
    Matrix x = filled(6, 4);
    double[] before = x.toDoubles();
    device.fill(9, x.columns(1, 2));
    device.scale(2, x.column(3));
    double[] after = x.toDoubles();
    for (int e = 0; e < 24; e++) {
      double expected = e / 6 == 0 ? before[e] : e / 6 == 3 ? 2 * before[e] : 9;
      assertThat(after[e]).isEqualTo(expected);
    }
    device.copy(x.column(0), x.column(2));
    assertThat(x.column(2).toDoubles()).containsExactly(x.column(0).toDoubles());
    device.map(Unary.TANH, x.column(1), x.column(2));
    assertThat(x.column(2).toDoubles()[4]).isCloseTo(Math.tanh(9), within(tolerance(1)));
    assertThat(x.column(1).toDoubles()).containsOnly(9);
  }

  @ParameterizedTest
  @EnumSource(Unary.class)
  void mapsEachElement(Unary f) {
    Matrix x = scope.matrix(3, 3);
    x.write(
        switch (f) {
          case LOG1P -> new double[] {0, 1e-9, 1e-3, 0.5, 1, 2, 7, 30, 1e9};
          case RSQRT -> new double[] {1e-9, 1e-3, 0.25, 0.5, 1, 2, 7, 30, 1e9};
          default -> new double[] {-30, -2, -1e-3, 0, 1e-3, 0.5, 1, 2, 30};
        });
    double[] in = x.toDoubles();
    Matrix out = scope.matrix(3, 3);
    device.map(f, x, out);
    device.map(f, x, x);
    double[] values = out.toDoubles();
    for (int i = 0; i < in.length; i++) {
      double expected = valueOf(f, in[i]);
      // an argument of 30 that is rounded by u moves its exponential by 30u of it
      double bound = tolerance(30) * Math.max(1, Math.abs(expected));
      assertThat(values[i]).as("%s of %s", f, in[i]).isCloseTo(expected, within(bound));
    }
    assertThat(x.toDoubles()).containsExactly(values);
  }

  private static double valueOf(Unary f, double x) {
    return switch (f) {
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case EXP -> Math.exp(x);
      case RSQRT -> 1 / Math.sqrt(x);
      case LOG1P -> Math.log1p(x);
      case ELU -> x > 0 ? x : Math.expm1(x);
      case RELU -> Math.max(x, 0);
      case STEP -> x > 0 ? 1 : 0;
      case HARDTANH -> Math.max(-1, Math.min(x, 1));
    };
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,4", "5,1", "10,33", "700,3"})
  void takesTheSoftmaxOfEachColumn(int rows, int columns) {
    Matrix x = filled(rows, columns);
    device.scale(40, x);
    double[] in = x.toDoubles();
    Matrix out = scope.matrix(rows, columns);
    device.softmax(x, out);
    double[] p = out.toDoubles();
    for (int j = 0; j < columns; j++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < rows; i++) {
        max = Math.max(max, at(in, rows, i, j));
      }
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += Math.exp(at(in, rows, i, j) - max);
      }
      for (int i = 0; i < rows; i++) {
        double expected = Math.exp(at(in, rows, i, j) - max) / sum;
        // exp turns an absolute error of its argument, here up to 80 roundoffs, into a relative one
        assertThat(at(p, rows, i, j)).isCloseTo(expected, within(20 * tolerance(rows)));
      }
    }
  }

  @Test
  void addsLongDotProductsInDoublePrecision() {
    int n = 1_000_003;
    Matrix x = scope.matrix(n, 1);
    device.fill(0.1, x);
    double tenth = x.view(0, 1, 1).toDoubles()[0];
    // BLAS keeps at least 64 running sums, so one of 4096 terms adds 64 in a row; a single float32
    // sum of the million misses this bound, it was 4e-5 off
    int terms = device.precision() == Precision.FLOAT32 ? 4096 / 64 : n / 64;
    assertThat(device.dot(x, x)).isCloseTo(n * tenth * tenth, within(n * 0.01 * tolerance(terms)));
    Matrix tail = x.view(n - 5, 5, 1);
    assertThat(device.norm(tail)).isCloseTo(tenth * Math.sqrt(5), within(tolerance(5)));
  }

  @Test
  void gathersColumnsInAnyOrderAndRepeatedly() {
    Matrix from = filled(7, 5);
    Matrix to = scope.matrix(7, 6);
    int[] picks = {4, 0, 0, 2, 4, 1};
    device.gatherColumns(from, picks, to);
    for (int j = 0; j < picks.length; j++) {
      assertThat(to.column(j).toDoubles()).containsExactly(from.column(picks[j]).toDoubles());
    }
    Matrix one = scope.matrix(1, 2);
    device.gatherColumns(from.view(0, 1, 35), new int[] {34, 8}, one);
    assertThat(one.toDoubles()).containsExactly(from.toDoubles()[34], from.toDoubles()[8]);
  }

  @Test
  void roundsOnceOnTheWayInAndNotOnTheWayOut() {
    Matrix x = scope.matrix(2, 1);
    x.write(new double[] {0.1, -3});
    boolean single = device.precision() == Precision.FLOAT32;
    assertThat(x.toDoubles()).containsExactly(single ? 0.1f : 0.1, -3);
    Matrix copy = scope.copyOf(x.toHost());
    assertThat(copy.toDoubles()).containsExactly(x.toDoubles());
    x.write(new float[] {0.1f, 2});
    assertThat(x.toDoubles()).containsExactly(0.1f, 2);
  }

  @Test
  void refusesShapesThatDoNotFit() {
    Matrix a = scope.zeros(2, 3);
    Matrix b = scope.zeros(2, 2);
    assertThatThrownBy(() -> device.gemm(Transpose.NO, Transpose.NO, 1, a, a, 0, b))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gemm of 2 x 3 by 2 x 3 does not give 2 x 2");
    assertThatThrownBy(() -> device.multiply(a, a, b)).hasMessage("multiply of 2 x 3 with 2 x 2");
    assertThatThrownBy(() -> device.axpy(1, a, b)).hasMessage("axpy of 2 x 3 with 2 x 2");
    assertThatThrownBy(() -> device.divideByRoots(1, a, a, 1, b))
        .hasMessage("divideByRoots of 2 x 3 with 2 x 2");
    assertThatThrownBy(() -> device.divideByRoots(1, a, b, 1, a))
        .hasMessage("divideByRoots of 2 x 3 with 2 x 2");
    assertThatThrownBy(() -> device.multiply(a, b, a))
        .hasMessage("factors of 2 x 2, expected those of 2 x 3 or of their rows or columns");
    assertThatThrownBy(() -> device.dots(a, b)).hasMessage("dots of 2 x 3 with 2 x 2");
    assertThatThrownBy(() -> device.gatherColumns(a, new int[] {0, 3}, b))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("column 3 was chosen from a 2 x 3 matrix");
    assertThatThrownBy(() -> device.copy(a, b)).hasMessage("copy of 6 elements into 4");
    assertThatThrownBy(() -> a.view(5, 2, 1))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("a 2 x 1 view at element 5 reaches past the 6 elements of a 2 x 3 matrix");
    assertThatThrownBy(() -> a.write(new float[5]))
        .hasMessage("5 values do not fill a 2 x 3 matrix");
    assertThatThrownBy(() -> scope.matrix(0, 3)).hasMessage("no 0 x 3 matrix exists");
  }

  @Test
  void refusesMatricesOfAClosedScope() {
    Scope inner = device.open();
    Matrix matrix = inner.zeros(2, 2);
    Matrix view = matrix.column(1);
    inner.close();
    inner.close();
    assertThatThrownBy(view::toDoubles)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a 2 x 1 matrix was used after its scope had closed");
    assertThatThrownBy(() -> device.scale(2, matrix)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> inner.matrix(1, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void reusesTheStorageOfClosedScopes() {
    try (Scope first = device.open()) {
      first.zeros(100, 100);
      first.zeros(100, 100);
    }
    long bytes = device.bytes();
    assertThat(bytes).isEqualTo(2L * 100 * 100 * device.precision().bytes());
    try (Scope second = device.open()) {
      second.zeros(100, 100);
      second.zeros(100, 100);
    }
    assertThat(device.bytes()).isEqualTo(bytes);
  }

  @Test
  void keepsNoMoreForReuseThanWasInUseAtOnce() {
    long unit = 3600L * device.precision().bytes();
    for (int rows = 1; rows <= 60; rows++) {
      if (3600 % rows == 0) {
        try (Scope one = device.open()) {
          device.fill(rows, one.matrix(rows, 3600 / rows));
          assertThat(device.bytes()).isLessThanOrEqualTo(2 * unit);
        }
        assertThat(device.bytes()).isEqualTo(unit);
      }
    }
    try (Scope one = device.open()) {
      one.matrix(60, 60); // what was used last still waits
      assertThat(device.bytes()).isEqualTo(unit);
    }
  }

  private static double[] combine(Matrix x, Matrix y, DoubleBinaryOperator f) {
    double[] a = x.toDoubles();
    double[] b = y.toDoubles();
    for (int i = 0; i < a.length; i++) {
      a[i] = f.applyAsDouble(a[i], b[i]);
    }
    return a;
  }
}
