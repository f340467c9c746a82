package org.eigensweep.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every device must do with matrix products, checked against loops over doubles. */
public abstract class ProductContract extends Contract {
  @ParameterizedTest
  @CsvSource({
    "1,1,1",
    "1,5,3",
    "5,1,3",
    "5,3,1",
    "1,1,6",
    "1,7,1",
    "6,1,1",
    "7,11,13",
    "64,33,50",
    "3,200,2"
  })
  void multipliesMatricesInEveryTransposition(int m, int k, int n) {
    for (Transpose a : Transpose.values()) {
      for (Transpose b : Transpose.values()) {
        for (double beta : new double[] {0, 1, -0.5}) {
          checkProduct(a, b, m, k, n, beta);
        }
      }
    }
  }

  private void checkProduct(Transpose a, Transpose b, int m, int k, int n, double beta) {
    Matrix left = a == Transpose.YES ? filled(k, m) : filled(m, k);
    Matrix right = b == Transpose.YES ? filled(n, k) : filled(k, n);
    Matrix out = filled(m, n);
    double[] x = left.toDoubles();
    double[] y = right.toDoubles();
    double[] expected = out.toDoubles();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          sum +=
              (a == Transpose.YES ? at(x, k, l, i) : at(x, m, i, l))
                  * (b == Transpose.YES ? at(y, n, j, l) : at(y, k, l, j));
        }
        expected[i + j * m] = 0.75 * sum + beta * expected[i + j * m];
      }
    }
    device.gemm(a, b, 0.75, left, right, beta, out);
    assertThat(out.toDoubles()).containsExactly(expected, within(tolerance(k)));
  }

  /** Left operands, right operands, results: one block, shared or summed, or one a product. */
  @ParameterizedTest
  @CsvSource({"4,4,4", "4,1,4", "1,4,4", "4,4,1", "1,4,1", "1,1,1"})
  void multipliesBatchesBlockByBlock(int lefts, int rights, int outs) {
    for (Transpose a : Transpose.values()) {
      for (Transpose b : Transpose.values()) {
        Matrix left = a == Transpose.YES ? filled(5, 3 * lefts) : filled(3, 5 * lefts);
        Matrix right = b == Transpose.YES ? filled(2, 5 * rights) : filled(5, 2 * rights);
        Blocks x = Blocks.across(left, left.columns() / lefts);
        Blocks y = Blocks.across(right, right.columns() / rights);
        checkProducts(a, b, x, y, Blocks.across(filled(3, 2 * outs), 2));
      }
    }
  }

  @Test
  void multipliesBlocksThatStandAboveEachOther() {
    for (Transpose a : Transpose.values()) {
      for (Transpose b : Transpose.values()) {
        int rows = a == Transpose.YES ? 4 : 3;
        Blocks left = Blocks.stacked(filled(2 * rows + 3, 3 * (7 - rows)), 2, rows, 2, 7 - rows);
        rows = b == Transpose.YES ? 2 : 4;
        Blocks right = Blocks.stacked(filled(2 * rows, 3 * (6 - rows)), 0, rows, 2, 6 - rows);
        Blocks one = Blocks.stacked(filled(rows + 2, 6 - rows), 1, rows, 1, 6 - rows);
        checkProducts(a, b, left, right, Blocks.stacked(filled(8, 6), 1, 3, 2, 2));
        checkProducts(a, b, left, right, Blocks.across(filled(3, 12), 2));
        checkProducts(a, b, left, one, Blocks.stacked(filled(20, 2), 1, 3, 6, 2));
        checkProducts(a, b, left, right, Blocks.stacked(filled(8, 2), 5, 3, 1, 2));
      }
    }
  }

  /** As the columns of one matrix of many rows, taken in pieces. */
  @Test
  void addsProductsOfOneStack() {
    Blocks left = Blocks.stacked(filled(12, 3), 0, 4, 3, 3);
    Blocks right = Blocks.stacked(filled(12, 2), 0, 4, 3, 2);
    checkProducts(Transpose.YES, Transpose.NO, left, right, Blocks.shared(filled(3, 2)));
  }

  private void checkProducts(Transpose a, Transpose b, Blocks left, Blocks right, Blocks out) {
    double[] x = left.matrix().toDoubles();
    double[] y = right.matrix().toDoubles();
    double[] expected = out.matrix().toDoubles();
    int count = Math.max(left.count(), right.count());
    int inner = a == Transpose.YES ? left.rows() : left.columns();
    for (int p = 0; p < count; p++) {
      for (int i = 0; i < out.rows(); i++) {
        for (int j = 0; j < out.columns(); j++) {
          double sum = 0;
          for (int l = 0; l < inner; l++) {
            sum +=
                (a == Transpose.YES ? x[place(left, p, l, i)] : x[place(left, p, i, l)])
                    * (b == Transpose.YES ? y[place(right, p, j, l)] : y[place(right, p, l, j)]);
          }
          double beta = p > 0 && out.count() == 1 ? 1 : -0.5;
          int at = place(out, p, i, j);
          expected[at] = 0.75 * sum + beta * expected[at];
        }
      }
    }
    device.gemmEach(a, b, 0.75, left, right, -0.5, out);
    double bound = tolerance(inner * count);
    assertThat(out.matrix().toDoubles()).containsExactly(expected, within(bound));
  }

  /** Where element (i, j) of a block lies in its matrix. */
  private static int place(Blocks blocks, int block, int i, int j) {
    int one = blocks.count() == 1 ? 0 : block;
    long down = one % blocks.down() * blocks.downStep();
    long across = one / blocks.down() * blocks.acrossStep();
    return (int) (blocks.offset() + down + across + i + (long) j * blocks.leading());
  }

  /** As the weights of a layer stand in a block of parameter vectors. */
  @Test
  void multipliesBlocksInsideTheColumnsOfAMatrix() {
    for (Transpose a : Transpose.values()) {
      for (Transpose b : Transpose.values()) {
        int rows = a == Transpose.YES ? 4 : 3;
        Blocks left = Blocks.inColumns(filled(14, 3), 1, rows, 7 - rows);
        rows = b == Transpose.YES ? 2 : 4;
        Blocks right = Blocks.inColumns(filled(8, 3), 0, rows, 6 - rows);
        checkProducts(a, b, left, right, Blocks.inColumns(filled(11, 3), 4, 3, 2));
        checkProducts(a, b, left, right, Blocks.inColumns(filled(11, 1), 4, 3, 2));
        checkProducts(a, b, left, Blocks.shared(right.block(1)), Blocks.across(filled(3, 6), 2));
      }
    }
  }

  /** Slices of rows, one, some or with a rest, in one task or many. */
  @ParameterizedTest
  @CsvSource({"32767, 3, 2", "32768, 1, 1", "40001, 20, 7"})
  void multipliesLongBlocks(int rows, int columns, int few) {
    Matrix tall = filled(rows, columns);
    Matrix other = filled(rows, few);
    Matrix small = filled(columns, few);
    double[] x = tall.toDoubles();
    double[] y = other.toDoubles();
    double[] f = small.toDoubles();
    double[] inner = new double[columns * few];
    double[] outer = new double[rows * few];
    for (int j = 0; j < few; j++) {
      for (int l = 0; l < columns; l++) {
        inner[l + j * columns] = f[l + j * columns] * 3;
        for (int i = 0; i < rows; i++) {
          inner[l + j * columns] += 0.5 * at(x, rows, i, l) * at(y, rows, i, j);
          outer[i + j * rows] += at(x, rows, i, l) * at(f, columns, l, j);
        }
      }
    }
    Matrix out = scope.matrix(rows, few);
    device.gemm(Transpose.NO, Transpose.NO, 1, tall, small, 0, out);
    assertThat(out.toDoubles()).containsExactly(outer, within(tolerance(columns)));
    device.gemm(Transpose.YES, Transpose.NO, 0.5, tall, other, 3, small);
    // a sum of 40,000 terms of either sign is some hundred, and BLAS keeps many running sums
    assertThat(small.toDoubles()).containsExactly(inner, within(100 * tolerance(200)));
    assertThatThrownBy(() -> device.gemm(Transpose.NO, Transpose.NO, 1, tall, other, 0, out))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void multipliesAMatrixByItselfInABatch() {
    Matrix x = filled(3, 6);
    Matrix out = scope.matrix(3, 6);
    Matrix expected = scope.matrix(3, 6);
    for (int from : new int[] {0, 3}) {
      Matrix block = x.columns(from, 3);
      device.gemm(Transpose.NO, Transpose.YES, 1, block, block, 0, expected.columns(from, 3));
    }
    Blocks blocks = Blocks.across(x, 3);
    device.gemmEach(Transpose.NO, Transpose.YES, 1, blocks, blocks, 0, Blocks.across(out, 3));
    assertThat(out.toDoubles()).containsExactly(expected.toDoubles(), within(tolerance(3)));
  }

  @Test
  void refusesBatchesThatDoNotFit() {
    Matrix six = scope.zeros(2, 6);
    assertThatThrownBy(() -> Blocks.across(six, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("blocks of 4 columns do not fill a 2 x 6 matrix");
    assertThatThrownBy(() -> Blocks.stacked(six, 1, 1, 2, 3))
        .hasMessage("2 blocks of 1 rows from row 1 do not lie in a 2 x 6 matrix");
    Blocks three = Blocks.across(six, 2);
    Blocks two = Blocks.across(scope.zeros(2, 4), 2);
    assertThatThrownBy(() -> device.gemmEach(Transpose.NO, Transpose.NO, 1, three, two, 0, three))
        .hasMessage("3 by 2 operands do not give 3 products");
    Blocks wide = Blocks.across(six, 3);
    assertThatThrownBy(() -> device.gemmEach(Transpose.NO, Transpose.NO, 1, wide, two, 0, two))
        .hasMessage("gemm of 2 x 3 by 2 x 2 does not give 2 x 2");
  }

  @Test
  void doesNotReadTheOutputOfAProductWithoutAccumulation() {
    Matrix out = scope.matrix(2, 2);
    device.fill(Double.NaN, out);
    Matrix identity = scope.matrix(2, 2);
    identity.write(new double[] {1, 0, 0, 1});
    device.gemm(Transpose.NO, Transpose.NO, 1, identity, identity, 0, out);
    assertThat(out.toDoubles()).containsExactly(1, 0, 0, 1);
  }

  @Test
  void multipliesViewsInTheMiddleOfABlock() {
    Matrix block = filled(30, 3);
    Matrix left = block.view(32, 4, 5);
    Matrix right = block.view(61, 5, 2);
    Matrix target = filled(20, 2);
    double[] before = target.toDoubles();
    double[] all = block.toDoubles();
    device.gemm(Transpose.NO, Transpose.NO, 1, left, right, 0, target.view(21, 4, 2));
    double[] after = target.toDoubles();
    for (int e = 0; e < after.length; e++) {
      double expected = before[e];
      if (e >= 21 && e < 29) {
        expected = 0;
        for (int l = 0; l < 5; l++) {
          expected += all[32 + (e - 21) % 4 + l * 4] * all[61 + l + (e - 21) / 4 * 5];
        }
      }
      assertThat(after[e]).isCloseTo(expected, within(tolerance(5)));
    }
  }
}
