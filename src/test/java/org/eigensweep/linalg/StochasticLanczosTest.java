package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spectral densities against dense spectra, within what the theory of random vectors allows. */
class StochasticLanczosTest extends OnFloat64Device {
  private static SpectralDensity density(
      LinearOperator operator, int steps, int vectors, long seed) {
    SpectralDensity density =
        StochasticLanczos.density(operator, steps, vectors, new SplittableRandom(seed));
    assertThat(Arrays.stream(density.weights()).sum()).isCloseTo(1, within(1e-12));
    assertThat(Arrays.stream(density.weights()).min().orElseThrow()).isNotNegative();
    assertThat(density.weights()).hasSameSizeAs(density.nodes());
    assertThat(density.nodes()).isSorted();
    return density;
  }

  private static double mean(double[] values, DoubleUnaryOperator f) {
    return Arrays.stream(values).map(f).average().orElseThrow();
  }

  /**
   * Five standard deviations of the mean of vᵀf(A)v over random unit vectors v: one has the
   * variance 2/(n + 2) times that of f over the spectrum.
   */
  private static double fiveDeviations(double[] values, DoubleUnaryOperator f, int vectors) {
    double mean = mean(values, f);
    double variance = mean(values, x -> Math.pow(f.applyAsDouble(x) - mean, 2));
    return 5 * Math.sqrt(2 * variance / (values.length + 2) / vectors);
  }

  /** The Gauss rule of m nodes is exact up to degree 2m − 1, and not beyond. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 7})
  void isTheGaussQuadratureOfItsVector(int steps) {
    SymmetricMatrix matrix = SymmetricMatrix.random(50, 1);
    SpectralDensity density = density(new DenseOperator(matrix, scope), steps, 1, 2);
    Matrix start = scope.matrix(50, 1);
    new Orthonormalizer(new SplittableRandom(2)).fillRandom(start);
    RealVector v = MatrixUtils.createRealVector(start.toDoubles()).unitVector();
    RealVector image = v;
    for (int power = 0; power < 2 * steps; power++) {
      // p products of norm ‖A‖, each rounded at about √50·u
      double rounding = 1e-14 * (power + 1) * Math.pow(matrix.norm(), power);
      assertThat(density.moment(power)).isCloseTo(v.dotProduct(image), within(rounding));
      image = matrix.entries().operate(image);
    }
    assertThat(density.moment(2 * steps)).isLessThan(0.999 * v.dotProduct(image));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,5", "2,5", "3,5", "8,20"})
  void momentsAreThoseOfTheSpectrum(int power, int vectors) {
    SymmetricMatrix matrix = SymmetricMatrix.random(150, 3);
    SpectralDensity density = density(new DenseOperator(matrix, scope), 10, vectors, 4);
    DoubleUnaryOperator f = x -> Math.pow(x, power);
    assertThat(density.moment(power))
        .isCloseTo(mean(matrix.values(), f), within(fiveDeviations(matrix.values(), f, vectors)));
    assertThat(density.products()).isEqualTo(10 * vectors);
  }

  /**
   * A Gaussian as wide as a tenth of the radius is a polynomial of degree 100 to rounding, so that
   * 50 steps leave the error of the random vectors alone.
   */
  @Test
  void smoothedItIsTheSmoothedSpectrum() {
    SymmetricMatrix matrix = SymmetricMatrix.random(200, 5);
    SpectralDensity density = density(new DenseOperator(matrix, scope), 60, 10, 6);
    double sigma = matrix.norm() / 10;
    double[] grid = new double[41];
    Arrays.setAll(grid, i -> (i - 20) / 16.0 * matrix.norm());
    double[] smoothed = density.density(grid, sigma);
    for (int i = 0; i < grid.length; i++) {
      double at = grid[i];
      DoubleUnaryOperator bell =
          x -> Math.exp(-Math.pow((x - at) / sigma, 2) / 2) / (sigma * Math.sqrt(2 * Math.PI));
      assertThat(smoothed[i])
          .isCloseTo(
              mean(matrix.values(), bell),
              within(fiveDeviations(matrix.values(), bell, 10) + 1e-13));
    }
  }

  /** As many steps as dimensions give every eigenvalue, whatever the vector. */
  @ParameterizedTest
  @ValueSource(ints = {40, 41, 1000})
  void allStepsGiveTheWholeSpectrum(int steps) {
    SymmetricMatrix matrix = SymmetricMatrix.random(40, 7);
    SpectralDensity density = density(new DenseOperator(matrix, scope), steps, 1, 8);
    double[] values = matrix.values().clone();
    Arrays.sort(values);
    assertThat(density.nodes()).containsExactly(values, within(1e-12 * matrix.norm()));
    assertThat(density.products()).isEqualTo(40);
    for (int i = 0; i + 1 < 40; i += 5) {
      double between = (values[i] + values[i + 1]) / 2;
      assertThat(density.cumulative(between))
          .isCloseTo(
              mean(values, x -> x <= between ? 1 : 0),
              within(fiveDeviations(values, x -> x <= between ? 1 : 0, 1)));
    }
  }

  /**
   * Three eigenvalues make a Krylov space of three dimensions. The weight of a k-dimensional
   * eigenspace is vᵀPv, of mean k/n and the variance of every form.
   */
  @ParameterizedTest
  @CsvSource({"FLOAT64,1", "FLOAT32,1", "FLOAT64,1e12", "FLOAT64,1e-12"})
  void endsEarlyInAnInvariantSpace(Precision precision, double scale) {
    double[] values = new double[100];
    Arrays.fill(values, 0, 4, 3 * scale);
    Arrays.fill(values, 4, 40, -scale);
    try (Device own = Devices.processor().open(precision, 1);
        Scope vectors = own.open()) {
      DiagonalOperator operator = new DiagonalOperator(values, vectors);
      SpectralDensity density = density(operator, 50, 8, 9);
      assertThat(density.products()).isEqualTo(24).isEqualTo(operator.products());
      // the dense eigensolver is off by some units of the norm, 3
      double rounding = 20 * precision.roundoff() * 3 * scale;
      double[] distinct = {-scale, 0, 3 * scale};
      for (int i = 0; i < 3; i++) {
        double value = distinct[i];
        assertThat(Arrays.copyOfRange(density.nodes(), 8 * i, 8 * i + 8))
            .containsOnly(new double[] {value}, within(rounding));
        double weight =
            density.cumulative(value + scale / 2) - density.cumulative(value - scale / 2);
        DoubleUnaryOperator here = x -> x == value ? 1 : 0;
        assertThat(weight).isCloseTo(mean(values, here), within(fiveDeviations(values, here, 8)));
      }
    }
  }

  /** Rounding of dense products may hide a breakdown: nothing then changes but the products. */
  @Test
  void staysRightInTheNullSpaceOfAnOperatorOfLowRank() {
    double[] values = new double[80];
    values[0] = 3;
    values[1] = -2;
    SymmetricMatrix matrix = SymmetricMatrix.of(values, 10);
    SpectralDensity density = density(new DenseOperator(matrix, scope), 20, 5, 11);
    DoubleUnaryOperator zero = x -> x == 0 ? 1 : 0;
    assertThat(density.cumulative(1e-12) - density.cumulative(-1e-12))
        .isCloseTo(78.0 / 80, within(fiveDeviations(values, zero, 5)));
    for (double node : density.nodes()) {
      assertThat(Math.min(Math.abs(node), Math.min(Math.abs(node - 3), Math.abs(node + 2))))
          .isLessThan(1e-13);
    }
    assertThat(density.products()).isLessThanOrEqualTo(100);
  }

  @Test
  void oneStepIsEnoughForTheZeroOperatorAndForOneDimension() {
    SpectralDensity zero = density(new DiagonalOperator(new double[30], scope), 5, 2, 12);
    assertThat(zero.nodes()).containsExactly(0, 0);
    assertThat(zero.products()).isEqualTo(2);
    SpectralDensity one = density(new DiagonalOperator(new double[] {-4}, scope), 5, 1, 13);
    assertThat(one.nodes()).containsExactly(new double[] {-4}, within(1e-15));
    assertThat(one.weights()).containsExactly(1);
  }

  /** A bulk a thousandth as wide as the largest eigenvalue is no rounding, even in float32. */
  @Test
  void resolvesANarrowBulkBesideAnOutlierInFloat32() {
    double[] values = new double[3000];
    Arrays.setAll(values, i -> i == 0 ? 1 : 1e-3 * Math.sin(i));
    try (Device own = Devices.processor().open(Precision.FLOAT32, 1);
        Scope vectors = own.open()) {
      SpectralDensity density = density(new DiagonalOperator(values, vectors), 30, 4, 14);
      assertThat(density.products()).isEqualTo(120);
      for (double share : new double[] {-0.5, 0, 0.5}) {
        double bound = 1e-3 * share;
        DoubleUnaryOperator below = x -> x <= bound ? 1 : 0;
        // a step is no polynomial: the rule is off by one weight of some thirty at most
        assertThat(density.cumulative(bound))
            .isCloseTo(mean(values, below), within(fiveDeviations(values, below, 4) + 0.05));
      }
    }
  }

  @Test
  void givesTheSameBitsFromTheSameSeedAndFreesWhatItUsed() {
    DenseOperator operator = new DenseOperator(SymmetricMatrix.random(60, 15), scope);
    SpectralDensity first = density(operator, 12, 3, 16);
    long bytes = device.bytes();
    SpectralDensity second = density(operator, 12, 3, 16);
    assertThat(second.nodes()).containsExactly(first.nodes());
    assertThat(second.weights()).containsExactly(first.weights());
    assertThat(device.bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"0,3", "3,0", "-1,1"})
  void refusesToTakeNoSteps(int steps, int vectors) {
    DiagonalOperator operator = new DiagonalOperator(new double[] {1, 2, 3}, scope);
    assertThatThrownBy(() -> density(operator, steps, vectors, 17))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a density was asked of %d Lanczos steps from %d vectors, expected at least 1 of each"
                .formatted(steps, vectors));
    assertThat(operator.products()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void refusesProductsThatAreNotFinite(double bad) {
    double[] values = new double[100];
    values[50] = bad;
    DiagonalOperator operator = new DiagonalOperator(values, scope);
    assertThatThrownBy(() -> density(operator, 10, 2, 18))
        .isInstanceOf(NotFiniteException.class)
        .hasMessageContaining("a product of the operator is not finite");
    assertThat(operator.products()).isEqualTo(1);
  }
}
