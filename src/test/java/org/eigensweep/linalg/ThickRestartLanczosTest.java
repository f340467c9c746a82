package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.eigensweep.array.OnFloat64Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pairs that the cold solver finds, against matrices whose spectrum is known. */
class ThickRestartLanczosTest extends OnFloat64Device {
  /** Residuals that float64 reaches with room to spare. */
  private static final double TOLERANCE = 1e-10;

  private Eigenspace solve(SymmetricMatrix matrix, int pairs, Which which) {
    SolverSettings settings = new SolverSettings(pairs, TOLERANCE, which, 100_000);
    return new ThickRestartLanczos(settings, new SplittableRandom(1))
        .solve(new DenseOperator(matrix, scope), scope);
  }

  /**
   * Every eigenvalue lies within its residual, a share of ‖A‖, of an exact one (Weinstein), and a
   * space whose k residuals are ε‖A‖ within √k·ε‖A‖/gap of the exact one (Davis and Kahan).
   */
  private static void requireLeading(Eigenspace found, SymmetricMatrix matrix, Which which) {
    int k = found.values().length;
    double scale = matrix.norm();
    assertThat(found.stop()).isIn(Stop.CONVERGED, Stop.SPACE_EXHAUSTED);
    assertThat(found.values())
        .containsExactly(matrix.leadingValues(k, which), within(TOLERANCE * scale));
    assertThat(found.residual(k)).isLessThanOrEqualTo(TOLERANCE);
    assertThat(DoubleStream.of(matrix.residuals(found)).max().orElseThrow())
        .isLessThanOrEqualTo(1.01 * TOLERANCE);
    double gap = k < matrix.size() ? gap(matrix, k, which) : scale;
    if (gap > 1e-3 * scale) {
      double angle =
          SymmetricMatrix.sine(found.vectors().toDoubles(), matrix.leadingVectors(k, which));
      assertThat(angle).isLessThan(2 * Math.sqrt(k) * TOLERANCE * scale / gap);
    }
  }

  /** From the k leading eigenvalues to the nearest other one. */
  private static double gap(SymmetricMatrix matrix, int k, Which which) {
    double[] all = matrix.leadingValues(matrix.size(), which);
    double gap = Double.POSITIVE_INFINITY;
    for (int i = 0; i < k; i++) {
      for (int j = k; j < all.length; j++) {
        gap = Math.min(gap, Math.abs(all[i] - all[j]));
      }
    }
    return gap;
  }

  @ParameterizedTest
  @CsvSource({
    "1,1", "2,1", "2,2", "3,1", "3,3", "5,4", "9,5", "30,29", "30,30", "60,60", "120,1", "120,7"
  })
  void equalsTheDenseSpectrumOfRandomIndefiniteMatrices(int n, int k) {
    for (Which which : Which.values()) {
      SymmetricMatrix matrix = SymmetricMatrix.random(n, 100L * n + k);
      requireLeading(solve(matrix, k, which), matrix, which);
    }
  }

  @ParameterizedTest
  @CsvSource({"2,1", "2,2", "2,3", "5,3", "5,5", "5,6", "5,8", "9,9"})
  void findsEveryCopyOfARepeatedEigenvalue(int copies, int k) {
    double[] values = decaying(150, 3, 0.8);
    Arrays.fill(values, 0, copies, 10);
    for (Which which : Which.values()) {
      SymmetricMatrix matrix = SymmetricMatrix.of(values, 7);
      requireLeading(solve(matrix, k, which), matrix, which);
    }
  }

  /** A loose tolerance is met long before rounding brings up the copies that the blocks lack. */
  @ParameterizedTest
  @CsvSource({"5,5", "6,6", "9,7", "9,9", "9,12"})
  void findsEveryCopyAtALooseTolerance(int copies, int k) {
    double[] values = decaying(150, 3, 0.8);
    Arrays.fill(values, 0, copies, 10);
    SymmetricMatrix matrix = SymmetricMatrix.of(values, 17);
    SolverSettings settings = new SolverSettings(k, 1e-3, LARGEST, 100_000);
    Eigenspace found =
        new ThickRestartLanczos(settings, new SplittableRandom(1))
            .solve(new DenseOperator(matrix, scope), scope);
    assertThat(found.stop()).isEqualTo(Stop.CONVERGED);
    assertThat(found.values())
        .containsExactly(matrix.leadingValues(k, LARGEST), within(1e-3 * matrix.norm()));
  }

  @Test
  void findsEveryCopyOfARepeatedEigenvalueBelowOthers() {
    double[] values = decaying(150, 1, 0.8);
    Arrays.fill(values, 2, 8, 4);
    values[0] = 10;
    values[1] = 9;
    SymmetricMatrix matrix = SymmetricMatrix.of(values, 8);
    requireLeading(solve(matrix, 8, LARGEST), matrix, LARGEST);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-6, 1e-9})
  void findsTheSpaceOfACluster(double width) {
    double[] values = decaying(150, 3, 0.8);
    for (int i = 0; i < 6; i++) {
      values[i] = 10 - i * width;
    }
    SymmetricMatrix matrix = SymmetricMatrix.of(values, 9);
    requireLeading(solve(matrix, 6, LARGEST), matrix, LARGEST);
  }

  @ParameterizedTest
  @EnumSource(Which.class)
  void goesOnIntoTheNullSpaceOfAnOperatorOfLowRank(Which which) {
    double[] values = new double[100];
    values[0] = 3;
    values[1] = 2;
    values[2] = -1;
    SymmetricMatrix matrix = SymmetricMatrix.of(values, 10);
    requireLeading(solve(matrix, 7, which), matrix, which);
  }

  @Test
  void returnsOrthonormalVectorsForTheZeroOperator() {
    SymmetricMatrix zero = SymmetricMatrix.of(new double[50], 11);
    Eigenspace found = solve(zero, 6, LARGEST);
    assertThat(found.stop()).isEqualTo(Stop.CONVERGED);
    assertThat(found.values()).containsOnly(0);
    assertThat(found.residuals()).containsOnly(0);
    requireOrthonormal(found, 1e-14);
  }

  @Test
  void findsNegativeLeadingEigenvaluesOfANegativeOperator() {
    double[] values = DoubleStream.of(decaying(80, 5, 0.9)).map(v -> v - 6).toArray();
    SymmetricMatrix matrix = SymmetricMatrix.of(values, 12);
    requireLeading(solve(matrix, 4, LARGEST), matrix, LARGEST);
  }

  /** Scaling the operator scales the values; what is relative stays, down to the products spent. */
  @ParameterizedTest
  @ValueSource(doubles = {1e12, 1e-12})
  void knowsNoAbsoluteScale(double scale) {
    double[] values = decaying(100, 5, 0.9);
    values[99] = -4;
    SymmetricMatrix one = SymmetricMatrix.of(values, 13);
    SymmetricMatrix scaled =
        SymmetricMatrix.of(DoubleStream.of(values).map(v -> scale * v).toArray(), one.vectors());
    Eigenspace found = solve(scaled, 5, LARGEST);
    requireLeading(found, scaled, LARGEST);
    assertThat(found.products()).isEqualTo(solve(one, 5, LARGEST).products());
  }

  @Test
  void convergesThroughManyRestarts() {
    // neighbours 1/300 of the spectrum apart: far more products than the basis has room for
    double[] values = new double[300];
    Arrays.setAll(values, i -> 1 - i / 300.0);
    SymmetricMatrix matrix = SymmetricMatrix.of(values, 14);
    Eigenspace found = solve(matrix, 4, LARGEST);
    requireLeading(found, matrix, LARGEST);
    assertThat(found.products()).isGreaterThan(3 * (2 * 4 + 20));
    requireOrthonormal(found, 1e-13);
  }

  private void requireOrthonormal(Eigenspace space, double error) {
    Orthonormality.require(space.vectors(), error);
  }

  /** first, first·ratio, first·ratio², ... */
  private static double[] decaying(int n, double first, double ratio) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> first * Math.pow(ratio, i));
    return values;
  }
}
