package org.eigensweep.array.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.eigensweep.array.onednn.MatrixProduct.Factor;
import org.eigensweep.array.onednn.MatrixProduct.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Matrix products, checked against loops over doubles. */
class MatrixProductTest {
  private static final int ROWS = 19;
  private static final int INNER = 70;
  private static final int COLUMNS = 33;

  /** Numbers between the columns. */
  private static final int GAP = 5;

  @ParameterizedTest
  @CsvSource({
    "PLAIN, PLAIN, 0",
    "PLAIN, TRANSPOSED, 1",
    "TRANSPOSED, PLAIN, -0.5",
    "TRANSPOSED, TRANSPOSED, 0"
  })
  void multipliesMatricesWithGapsBetweenColumns(Form a, Form b, float beta) {
    int highLeft = (a == Form.PLAIN ? ROWS : INNER) + GAP;
    int highRight = (b == Form.PLAIN ? INNER : COLUMNS) + GAP;
    int high = ROWS + GAP;
    Numbers left = Numbers.random(highLeft * (a == Form.PLAIN ? INNER : ROWS));
    Numbers right = Numbers.random(highRight * (b == Form.PLAIN ? COLUMNS : INNER));
    Numbers out =
        beta == 0 ? Numbers.of(Float.NaN, high * COLUMNS) : Numbers.random(high * COLUMNS);
    double[] x = left.doubles();
    double[] y = right.doubles();
    double[] before = out.doubles();
    try (OneDnn dnn = OneDnn.open().orElseThrow()) {
      new MatrixProduct(
              dnn, new Factor(a, highLeft), new Factor(b, highRight), ROWS, INNER, COLUMNS, high)
          .compute(2, left.address(), right.address(), beta, out.address());
    }
    double[] after = out.doubles();
    for (int i = 0; i < high; i++) {
      for (int j = 0; j < COLUMNS; j++) {
        int at = i + j * high;
        if (i >= ROWS) {
          assertThat(Double.valueOf(after[at])).isEqualTo(Double.valueOf(before[at]));
          continue;
        }
        double sum = 0;
        for (int l = 0; l < INNER; l++) {
          sum +=
              x[a == Form.PLAIN ? i + l * highLeft : l + i * highLeft]
                  * y[b == Form.PLAIN ? l + j * highRight : j + l * highRight];
        }
        double expected = 2 * sum + (beta == 0 ? 0 : beta * before[at]);
        // terms below 1, each sum of them rounded once
        assertThat(after[at]).isCloseTo(expected, within(2 * INNER * INNER * Numbers.ROUNDOFF));
      }
    }
  }

  @Test
  void refusesToComputeAfterItHasClosed() {
    OneDnn dnn = OneDnn.open().orElseThrow();
    dnn.close();
    Factor factor = new Factor(Form.PLAIN, 1);
    assertThatThrownBy(() -> new MatrixProduct(dnn, factor, factor, 1, 1, 1, 1))
        .hasMessage("oneDNN was used after it had closed");
  }
}
