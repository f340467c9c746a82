package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Diagonal blocks of operators against those of matrices. */
class RestrictedOperatorTest {
  /** A sum over at most 30 entries, rounded at some units whatever the zeros around it. */
  @ParameterizedTest
  @CsvSource({"0,30", "0,1", "29,30", "7,19"})
  void equalsTheBlockOfTheMatrix(int from, int to) {
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope scope = device.open()) {
      SymmetricMatrix matrix = SymmetricMatrix.random(30, 1);
      DenseOperator whole = new DenseOperator(matrix, scope);
      RestrictedOperator block = new RestrictedOperator(whole, new IndexRange(from, to));
      assertThat(block.size()).isEqualTo(to - from);
      Matrix x = scope.copyOf(SymmetricMatrix.host(SymmetricMatrix.orthogonal(to - from, 2)));
      Matrix y = scope.matrix(x.rows(), x.columns());
      block.apply(x, y);
      RealMatrix expected =
          matrix
              .entries()
              .getSubMatrix(from, to - 1, from, to - 1)
              .multiply(SymmetricMatrix.real(x.toDoubles(), x.rows()));
      assertThat(y.toDoubles())
          .containsExactly(SymmetricMatrix.host(expected).values(), within(1e-15 * matrix.norm()));
      assertThat(whole.products()).isEqualTo(to - from);
    }
  }

  @Test
  void equalsTheMatrixOfScatteredRowsAndColumns() {
    int[] picked = {0, 1, 5, 9, 10, 11, 19};
    Coordinates coordinates =
        Coordinates.union(
            List.of(
                new IndexRange(9, 11),
                new IndexRange(19, 20),
                new IndexRange(0, 2),
                new IndexRange(5, 6),
                new IndexRange(10, 12)));
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope scope = device.open()) {
      SymmetricMatrix matrix = SymmetricMatrix.random(20, 4);
      RestrictedOperator block =
          new RestrictedOperator(new DenseOperator(matrix, scope), coordinates);
      Matrix x = scope.copyOf(SymmetricMatrix.host(SymmetricMatrix.orthogonal(7, 5)));
      Matrix y = scope.matrix(7, 7);
      block.apply(x, y);
      RealMatrix expected =
          matrix
              .entries()
              .getSubMatrix(picked, picked)
              .multiply(SymmetricMatrix.real(x.toDoubles(), 7));
      assertThat(y.toDoubles())
          .containsExactly(SymmetricMatrix.host(expected).values(), within(1e-15 * matrix.norm()));
    }
  }

  @Test
  void coordinatesAreAscendingRangesApart() {
    assertThat(
            Coordinates.union(
                List.of(new IndexRange(4, 6), new IndexRange(0, 2), new IndexRange(2, 3))))
        .isEqualTo(new Coordinates(List.of(new IndexRange(0, 3), new IndexRange(4, 6))))
        .hasToString("0:3, 4:6");
    assertThatThrownBy(() -> new Coordinates(List.of()))
        .hasMessage("no coordinates, expected at least one range of them");
    assertThatThrownBy(() -> new Coordinates(List.of(new IndexRange(0, 3), new IndexRange(3, 4))))
        .hasMessage("coordinates 3:4 after 0:3, expected ascending ranges with gaps between them");
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void keepsTheContract(Precision precision) {
    try (Device device = Devices.processor().open(precision, 1);
        Scope scope = device.open()) {
      SymmetricMatrix matrix = SymmetricMatrix.random(40, 3);
      RestrictedOperator block =
          new RestrictedOperator(new DenseOperator(matrix, scope), new IndexRange(11, 33));
      OperatorContract.check(block, 40 * precision.roundoff(), matrix.norm());
    }
  }

  @Test
  void refusesARangeThatReachesPastTheOperator() {
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope scope = device.open()) {
      DiagonalOperator operator = new DiagonalOperator(new double[] {1, 2, 3}, scope);
      assertThatThrownBy(() -> new RestrictedOperator(operator, new IndexRange(1, 4)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("coordinates 1:4 reach past an operator of dimension 3");
    }
  }

  @ParameterizedTest
  @CsvSource({"-1,2", "2,2", "3,2"})
  void refusesARangeWithoutCoordinates(int from, int to) {
    assertThatThrownBy(() -> new IndexRange(from, to))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "coordinates from %d to before %d are no range, expected 0 <= from < to"
                .formatted(from, to));
  }
}
