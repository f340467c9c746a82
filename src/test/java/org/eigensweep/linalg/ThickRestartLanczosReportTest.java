package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the cold solver says of its result: residuals, products, why it stopped, and refusals. */
class ThickRestartLanczosReportTest {
  private static Eigenspace solve(LinearOperator operator, SolverSettings settings, Scope scope) {
    return new ThickRestartLanczos(settings, new SplittableRandom(2)).solve(operator, scope);
  }

  private static Device open(Precision precision) {
    return Devices.processor().open(precision, 1);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void testOperatorsKeepTheContract(Precision precision) {
    try (Device device = open(precision);
        Scope scope = device.open()) {
      SymmetricMatrix matrix = SymmetricMatrix.random(40, 3);
      double error = 40 * precision.roundoff();
      OperatorContract.check(new DenseOperator(matrix, scope), error, matrix.norm());
      double[] diagonal = {3, -1, 0, 5, 2, 2};
      OperatorContract.check(new DiagonalOperator(diagonal, scope), error, 5);
    }
  }

  /** Products of n = 100 terms are rounded at about √n·u, and so is what is measured with them. */
  @ParameterizedTest
  @CsvSource({"FLOAT64,1e-9,1e-14", "FLOAT64,1e-2,1e-14", "FLOAT32,1e-4,2e-6", "FLOAT32,1e-2,2e-6"})
  void reportsTheResidualsOfTheVectorsItReturns(
      Precision precision, double tolerance, double rounding) {
    try (Device device = open(precision);
        Scope scope = device.open()) {
      SymmetricMatrix matrix = SymmetricMatrix.random(100, 4);
      DenseOperator operator = new DenseOperator(matrix, scope);
      Eigenspace found = solve(operator, new SolverSettings(6, tolerance, LARGEST, 10_000), scope);
      assertThat(found.stop()).isEqualTo(Stop.CONVERGED);
      assertThat(found.residual(6)).isLessThanOrEqualTo(tolerance);
      // the norm is the negative end here; the Ritz values that stand in for it reach λ₁ at least
      double[] exact = matrix.residuals(found);
      double excess = matrix.norm() / matrix.leadingValues(1, LARGEST)[0];
      for (int i = 0; i < 6; i++) {
        assertThat(found.residuals()[i])
            .isBetween(exact[i] - rounding, exact[i] * excess * (1 + tolerance) + rounding);
      }
      assertThat(found.values())
          .containsExactly(
              matrix.leadingValues(6, LARGEST), within((tolerance + rounding) * matrix.norm()));
      assertThat(found.products()).isEqualTo(operator.products());
      // every restart turns the basis by a small matrix that is orthogonal to some roundoffs
      Orthonormality.require(found.vectors(), 400 * precision.roundoff());
    }
  }

  @Test
  void solvesALargeDecayingSpectrumInFloat32() {
    double[] values = new double[20_000];
    Arrays.setAll(values, i -> 50 * Math.pow(i + 1, -1.2) - 0.01);
    try (Device device = open(Precision.FLOAT32);
        Scope scope = device.open()) {
      DiagonalOperator operator = new DiagonalOperator(values, scope);
      Eigenspace found = solve(operator, new SolverSettings(10, 1e-4, LARGEST, 2000), scope);
      assertThat(found.stop()).isEqualTo(Stop.CONVERGED);
      assertThat(found.products()).isEqualTo(operator.products()).isLessThan(200);
      double[] vectors = found.vectors().toDoubles();
      for (int i = 0; i < 10; i++) {
        assertThat(found.values()[i]).isCloseTo(values[i], within(1e-4 * values[0]));
        // Davis and Kahan: residual over the distance to the nearest other eigenvalue
        double sine = 1e-4 * values[0] / (values[i] - values[i + 1]);
        assertThat(Math.abs(vectors[i + i * values.length]))
            .isGreaterThan(Math.sqrt(1 - sine * sine) - 1e-5);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 20})
  void returnsAllPairsAndTheirResidualsWhereTheAllowanceIsTooSmall(int allowance) {
    try (Device device = open(Precision.FLOAT64);
        Scope scope = device.open()) {
      SymmetricMatrix matrix = SymmetricMatrix.random(200, 5);
      DenseOperator operator = new DenseOperator(matrix, scope);
      Eigenspace found = solve(operator, new SolverSettings(6, 1e-10, LARGEST, allowance), scope);
      assertThat(found.stop()).isEqualTo(Stop.PRODUCTS_SPENT);
      assertThat(found.products())
          .isEqualTo(operator.products())
          .isEqualTo(Math.max(6, allowance)); // enough for six pairs
      assertThat(found.values()).hasSize(6).isSortedAccordingTo((a, b) -> Double.compare(b, a));
      double spread = Arrays.stream(found.values()).map(Math::abs).max().orElseThrow();
      double[] exact = matrix.residuals(found);
      for (int i = 0; i < 6; i++) {
        // the reported ones refer to the largest Ritz value, which is still well below the norm
        assertThat(found.residuals()[i]).isGreaterThan(exact[i]).isGreaterThan(1e-10);
        assertThat(found.residuals()[i])
            .isLessThan(exact[i] * matrix.norm() / spread * (1 + 1e-12));
      }
      Orthonormality.require(found.vectors(), 1e-14);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "6"})
  void refusesMorePairsThanThereAreOrNone(int pairs) {
    try (Device device = open(Precision.FLOAT64);
        Scope scope = device.open()) {
      DiagonalOperator operator = new DiagonalOperator(new double[] {1, 2, 3, 4, 5}, scope);
      assertThatThrownBy(
              () -> solve(operator, new SolverSettings(pairs, 1e-3, LARGEST, 100), scope))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              pairs + " eigenpairs were asked of an operator of dimension 5, expected 1 to 5");
      assertThat(operator.products()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesProductsThatAreNotFinite(double bad) {
    try (Device device = open(Precision.FLOAT32);
        Scope scope = device.open()) {
      for (int pairs : new int[] {1, 10}) {
        double[] values = new double[100];
        Arrays.setAll(values, i -> i);
        values[50] = bad;
        DiagonalOperator operator = new DiagonalOperator(values, scope);
        assertThatThrownBy(
                () -> solve(operator, new SolverSettings(pairs, 1e-3, LARGEST, 500), scope))
            .isInstanceOf(NotFiniteException.class)
            .hasMessageContaining("a product of the operator is not finite");
      }
    }
  }

  @Test
  void givesTheSameBitsFromTheSameSeed() {
    try (Device device = open(Precision.FLOAT32);
        Scope scope = device.open()) {
      DenseOperator operator = new DenseOperator(SymmetricMatrix.random(150, 6), scope);
      SolverSettings settings = new SolverSettings(5, 1e-4, LARGEST, 5000);
      Eigenspace first = solve(operator, settings, scope);
      Eigenspace second = solve(operator, settings, scope);
      assertThat(second.vectors().toDoubles()).containsExactly(first.vectors().toDoubles());
      assertThat(second.values()).containsExactly(first.values());
      assertThat(second.residuals()).containsExactly(first.residuals());
    }
  }

  @Test
  void freesWhatItUsed() {
    try (Device device = open(Precision.FLOAT64);
        Scope scope = device.open()) {
      DenseOperator operator = new DenseOperator(SymmetricMatrix.random(60, 7), scope);
      SolverSettings settings = new SolverSettings(3, 1e-6, LARGEST, 5000);
      try (Scope own = device.open()) {
        solve(operator, settings, own);
      }
      long bytes = device.bytes();
      try (Scope own = device.open()) {
        Matrix vectors = solve(operator, settings, own).vectors();
        assertThat(vectors.columns()).isEqualTo(3);
      }
      assertThat(device.bytes()).isEqualTo(bytes);
    }
  }
}
