package org.eigensweep.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every device must do with sums of rows and columns, and with their adjoints. */
public abstract class SumContract extends Contract {
  /** Rows, columns and number of blocks. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 7, 2", "7, 1, 3", "5, 4, 3", "64, 300, 2", "3, 5000, 1"})
  void sumsAndSpreadsEachBlock(int rows, int columns, int count) {
    for (boolean byColumn : new boolean[] {true, false}) {
      for (int vectors : new int[] {1, count}) {
        Blocks x = Blocks.across(filled(rows, columns * count), columns);
        Matrix held = filled((byColumn ? rows : columns) + 2, vectors);
        Blocks v =
            byColumn ? Blocks.inColumns(held, 1, rows, 1) : Blocks.inColumns(held, 2, 1, columns);
        sums(x, v, byColumn);
        spreads(v, x, byColumn);
      }
    }
  }

  private void sums(Blocks x, Blocks sums, boolean byColumn) {
    double[] in = x.matrix().toDoubles();
    double[] expected = sums.matrix().toDoubles();
    int length = byColumn ? x.rows() : x.columns();
    for (int b = 0; b < sums.count(); b++) {
      for (int e = 0; e < length; e++) {
        expected[(int) sums.start(b) + e] *= -0.5;
      }
    }
    for (int b = 0; b < x.count(); b++) {
      for (int j = 0; j < x.columns(); j++) {
        for (int i = 0; i < x.rows(); i++) {
          int to = (int) sums.start(b) + (byColumn ? i : j);
          expected[to] += 2 * in[(int) x.start(b) + i + j * x.rows()];
        }
      }
    }
    device.sumEach(2, x, -0.5, sums);
    int terms = x.count() * (byColumn ? x.columns() : x.rows());
    // twice as many terms below 1, whose sums BLAS keeps in many parts
    double bound = 4 * Math.sqrt(terms) * tolerance(Math.min(terms, 400));
    assertThat(sums.matrix().toDoubles()).containsExactly(expected, within(bound));
  }

  private void spreads(Blocks x, Blocks out, boolean byColumn) {
    double[] in = x.matrix().toDoubles();
    double[] expected = out.matrix().toDoubles();
    for (int b = 0; b < out.count(); b++) {
      for (int j = 0; j < out.columns(); j++) {
        for (int i = 0; i < out.rows(); i++) {
          int at = (int) out.start(b) + i + j * out.rows();
          int from = (int) x.start(b) + (byColumn ? i : j);
          expected[at] = 3 * in[from] + 0.25 * expected[at];
        }
      }
    }
    device.spreadEach(3, x, 0.25, out);
    // the sums that are spread may be some hundred
    double size = 1 + device.norm(x.matrix());
    assertThat(out.matrix().toDoubles()).containsExactly(expected, within(size * tolerance(2)));
    device.fill(Double.NaN, out.matrix());
    device.spreadEach(1, x, 0, out);
    assertThat(out.matrix().toDoubles()[0]).isEqualTo(in[(int) x.start(0)]);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "9, 1", "64, 300"})
  void sumsProducts(int rows, int columns) {
    Matrix x = filled(rows, columns);
    Matrix y = filled(rows, columns);
    Matrix down = filled(1, columns);
    Matrix across = filled(rows, 1);
    double[] byColumn = down.toDoubles();
    double[] byRow = across.toDoubles();
    double[] a = x.toDoubles();
    double[] b = y.toDoubles();
    for (int e = 0; e < a.length; e++) {
      byColumn[e / rows] += 0.5 * a[e] * b[e];
      byRow[e % rows] += 0.5 * a[e] * b[e];
    }
    device.sumProducts(0.5, x, y, 1, down);
    device.sumProducts(0.5, x, y, 1, across);
    double bound = 8 * tolerance(rows * columns / Math.min(rows, columns));
    assertThat(down.toDoubles()).containsExactly(byColumn, within(bound));
    assertThat(across.toDoubles()).containsExactly(byRow, within(bound));
  }

  @Test
  void transposesEachBlock() {
    Matrix in = filled(9, 4);
    Matrix out = filled(9, 4);
    double[] x = in.toDoubles();
    double[] expected = out.toDoubles();
    for (int b = 0; b < 4; b++) {
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          expected[9 * b + 1 + j + 3 * i] = x[9 * b + 3 + i + 2 * j];
        }
      }
    }
    device.transposeEach(Blocks.inColumns(in, 3, 2, 3), Blocks.inColumns(out, 1, 3, 2));
    assertThat(out.toDoubles()).containsExactly(expected);
  }

  @Test
  void takesTheDotsAndNormsOfColumns() {
    int rows = 5000; // more than one partial sum
    Matrix x = filled(rows, 3);
    Matrix y = filled(rows, 3);
    for (int j = 0; j < 3; j++) {
      double dot = device.dot(x.column(j), y.column(j));
      assertThat(device.dots(x, y)[j]).isEqualTo(dot);
      assertThat(device.dots(x, y.column(1))[j]).isEqualTo(device.dot(x.column(j), y.column(1)));
      assertThat(device.norms(x)[j]).isEqualTo(device.norm(x.column(j)));
    }
  }

  @Test
  void refusesShapesThatDoNotFit() {
    Blocks x = Blocks.shared(scope.zeros(2, 3));
    Blocks four = Blocks.shared(scope.zeros(4, 1));
    assertThatThrownBy(() -> device.sumEach(1, x, 0, four))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vectors of 4 x 1, expected a column or a row of 2 x 3");
    assertThatThrownBy(() -> device.spreadEach(1, four, 0, x))
        .hasMessage("vectors of 4 x 1, expected a column or a row of 2 x 3");
    assertThatThrownBy(() -> device.transposeEach(x, x))
        .hasMessage("1 blocks of 2 x 3 are not the transposes of 1 of 2 x 3");
    Matrix columns = scope.zeros(5, 2);
    assertThatThrownBy(() -> Blocks.inColumns(columns, 2, 2, 2))
        .hasMessage("a block of 2 x 2 from row 2 does not lie in a column of a 5 x 2 matrix");
    assertThatThrownBy(() -> new Blocks(columns, 0, 2, 2, 5, 1, 0, 2, 6))
        .hasMessage("1 x 2 blocks of 2 x 2 from element 0 do not lie in a 5 x 2 matrix");
    assertThatThrownBy(() -> Blocks.stacked(columns, 0, 2, 2, 2).block(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a block of 2 rows in columns of 5 is no matrix of its own");
  }
}
