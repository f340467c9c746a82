package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Estimated traces against those of matrices whose spectrum is known. */
class HutchPlusPlusTest extends OnFloat64Device {
  private static TraceEstimate estimate(LinearOperator operator, int products, long seed) {
    return HutchPlusPlus.estimate(operator, products, new SplittableRandom(seed));
  }

  /** Some large eigenvalues over a bulk of both signs, as a network's Hessian has them. */
  private static SymmetricMatrix outliersAndBulk() {
    double[] values = new double[120];
    Arrays.setAll(values, i -> i < 8 ? 50.0 / (i + 1) : Math.cos(i) - 0.2);
    return SymmetricMatrix.of(values, 3);
  }

  private static double trace(SymmetricMatrix matrix) {
    return Arrays.stream(matrix.values()).sum();
  }

  /**
   * With m probes, error over standard error follows Student's distribution of m − 1 degrees of
   * freedom: mean 0 and variance (m − 1)/(m − 3). Over 300 seeds, the mean is off by 1/√300 and the
   * mean square by about 1/√150 of itself, and twice that for the heavier tails of few probes. One
   * of 300 is beyond 5 with a probability of 2% for twenty probes, and beyond 7 of 1% for twelve.
   */
  @ParameterizedTest
  @CsvSource({"20,20", "29,29", "36,12", "60,20", "90,30"})
  void itsStandardErrorIsThatOfTheEstimate(int products, int probes) {
    SymmetricMatrix matrix = outliersAndBulk();
    DenseOperator operator = new DenseOperator(matrix, scope);
    double sum = 0;
    double squares = 0;
    for (int seed = 0; seed < 300; seed++) {
      TraceEstimate estimate = estimate(operator, products, seed);
      double z = (estimate.value() - trace(matrix)) / estimate.standardError();
      assertThat(Math.abs(z)).isLessThan(probes < 20 ? 7 : 5);
      sum += z;
      squares += z * z;
    }
    double variance = (probes - 1) / (probes - 3.0);
    assertThat(sum / 300).isCloseTo(0, within(4 * Math.sqrt(variance / 300)));
    assertThat(squares / 300).isCloseTo(variance, within(4 * variance * 2 / Math.sqrt(150)));
  }

  /** The variance of gᵀAg with random signs is 2·(‖A‖² − Σaᵢᵢ²) in the Frobenius norm. */
  @Test
  void withoutASketchItsVarianceIsHutchinsons() {
    SymmetricMatrix matrix = SymmetricMatrix.random(60, 5);
    DenseOperator operator = new DenseOperator(matrix, scope);
    double frobenius = Arrays.stream(matrix.values()).map(v -> v * v).sum();
    double diagonal = 0;
    for (int i = 0; i < 60; i++) {
      diagonal += Math.pow(matrix.entries().getEntry(i, i), 2);
    }
    double variance = 2 * (frobenius - diagonal) / 10;
    double measured = 0;
    double reported = 0;
    for (int seed = 0; seed < 400; seed++) {
      TraceEstimate estimate = estimate(operator, 10, seed);
      measured += Math.pow(estimate.value() - trace(matrix), 2) / 400;
      reported += Math.pow(estimate.standardError(), 2) / 400;
    }
    // 400 squares of nearly normal numbers: a relative deviation of √(2/400), four of which
    assertThat(measured).isCloseTo(variance, within(4 * Math.sqrt(2.0 / 400) * variance));
    assertThat(reported).isCloseTo(variance, within(4 * Math.sqrt(2.0 / 3600) * variance));
  }

  /**
   * Where all that the operator does is to exchange two coordinates, gᵀAg is 2 or −2. So the sum of
   * m squares about their mean t is m·(4 − t²), and the variance of the mean, from the sample
   * variance of m − 1 degrees of freedom, is (4 − t²)/(m − 1).
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 16, 29})
  void dividesTheSquaresByOneLessThanTheProbes(int probes) {
    double[] values = new double[40];
    values[3] = 1;
    values[17] = -1;
    RealMatrix vectors = MatrixUtils.createRealIdentityMatrix(40);
    double half = Math.sqrt(0.5);
    vectors.setEntry(3, 3, half);
    vectors.setEntry(17, 3, half);
    vectors.setEntry(3, 17, half);
    vectors.setEntry(17, 17, -half);
    DenseOperator operator = new DenseOperator(SymmetricMatrix.of(values, vectors), scope);
    int mixed = 0;
    for (int seed = 0; seed < 20; seed++) {
      TraceEstimate estimate = estimate(operator, probes, seed);
      double t = estimate.value();
      double square = (4 - t * t) / (probes - 1);
      assertThat(estimate.standardError() * estimate.standardError())
          .isCloseTo(square, within(1e-14)); // a few operations on numbers of at most 4
      mixed += square > 0 ? 1 : 0;
    }
    // all m signs agree in one of 2^(m−1) cases: in one of two for m = 2
    assertThat(mixed).isPositive();
  }

  /** Theorem 1: the error falls with the tail of the spectrum, not with its norm. */
  @Test
  void aSketchTakesTheOutliersOutOfTheError() {
    SymmetricMatrix matrix = outliersAndBulk();
    double outliers = Arrays.stream(matrix.leadingValues(8, Which.LARGEST)).map(v -> v * v).sum();
    double hutchinson = Math.sqrt(2 * outliers / 90);
    TraceEstimate estimate = estimate(new DenseOperator(matrix, scope), 90, 1);
    assertThat(estimate.standardError()).isLessThan(hutchinson / 4);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void isExactForLowRank(Precision precision) {
    double[] values = new double[200];
    Arrays.setAll(values, i -> i < 10 ? 7 - 1.5 * i : 0);
    SymmetricMatrix matrix = SymmetricMatrix.of(values, 4);
    try (Device own = Devices.processor().open(precision, 1);
        Scope vectors = own.open()) {
      TraceEstimate estimate = estimate(new DenseOperator(matrix, vectors), 30, 2);
      // forms of 200 terms on each of the ten vectors and on probes of length √200
      double rounding = 200 * precision.roundoff() * matrix.norm();
      assertThat(estimate.value()).isCloseTo(trace(matrix), within(rounding));
      assertThat(estimate.standardError()).isLessThan(rounding);
    }
  }

  @ParameterizedTest
  @CsvSource({"37,37", "37,38", "37,1000", "40,40"})
  void isExactWhereThereAreProductsForTheDiagonal(int n, int products) {
    SymmetricMatrix matrix = SymmetricMatrix.random(n, 6);
    DenseOperator operator = new DenseOperator(matrix, scope);
    TraceEstimate estimate = estimate(operator, products, 3);
    assertThat(estimate.value()).isCloseTo(trace(matrix), within(1e-13 * matrix.norm()));
    assertThat(estimate.standardError()).isZero();
    assertThat(estimate.products()).isEqualTo(n).isEqualTo(operator.products());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 16, 29, 30, 31, 32, 48, 119}) // whole blocks of 8, and none
  void spendsTheProductsItIsGiven(int products) {
    DenseOperator operator = new DenseOperator(outliersAndBulk(), scope);
    TraceEstimate estimate = estimate(operator, products, 4);
    assertThat(estimate.products()).isEqualTo(products).isEqualTo(operator.products());
    assertThat(estimate.standardError()).isPositive();
  }

  @Test
  void givesTheSameBitsFromTheSameSeedAndFreesWhatItUsed() {
    DenseOperator operator = new DenseOperator(outliersAndBulk(), scope);
    TraceEstimate first = estimate(operator, 60, 5);
    long bytes = device.bytes();
    assertThat(estimate(operator, 60, 5)).isEqualTo(first);
    assertThat(estimate(operator, 60, 6)).isNotEqualTo(first);
    assertThat(device.bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void refusesTooFewProducts(int products) {
    DiagonalOperator operator = new DiagonalOperator(new double[] {1, 2, 3, 4, 5}, scope);
    assertThatThrownBy(() -> estimate(operator, products, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a trace was asked of %d products, expected at least 2: one has no standard error"
                .formatted(products));
    assertThat(operator.products()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"NaN,10", "Infinity,10", "NaN,40", "-Infinity,40", "NaN,100"})
  void refusesProductsThatAreNotFinite(double bad, int products) {
    double[] values = new double[100];
    values[50] = bad;
    DiagonalOperator operator = new DiagonalOperator(values, scope);
    assertThatThrownBy(() -> estimate(operator, products, 8))
        .isInstanceOf(NotFiniteException.class)
        .hasMessageContaining("a product of the operator is not finite");
  }
}
