package org.eigensweep.network.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.eigensweep.linalg.IndexRange;
import org.junit.jupiter.api.Test;

class CoefficientsTest {
  private static final Coefficients SOME =
      new Coefficients(
          9,
          List.of(
              new Coefficients.Run(new IndexRange(1, 4), 0.5),
              new Coefficients.Run(new IndexRange(3, 7), 2)));

  @Test
  void addsWhereRunsOverlapWhicheverRowsAreTaken() {
    assertThat(SOME.whole().toDoubles()).containsExactly(0, 0.5, 0.5, 2.5, 2, 2, 2, 0, 0);
    assertThat(SOME.rows(2, 5).toDoubles()).containsExactly(0.5, 2.5, 2);
    assertThat(SOME.rows(7, 9).toDoubles()).containsExactly(0, 0);
  }

  @Test
  void weighsSquares() {
    double[] theta = {9, 1, 2, 3, 4, 5, 6, 9, 9};
    // ½(0.5·(1 + 4 + 9) + 2·(9 + 16 + 25 + 36)), of whole numbers but for the halves
    assertThat(SOME.weighted(theta)).isCloseTo(89.5, within(1e-12));
  }
}
