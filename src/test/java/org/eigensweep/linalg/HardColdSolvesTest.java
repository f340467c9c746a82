package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;
import static org.eigensweep.linalg.Which.MAGNITUDE;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spectra in which one vector's Krylov space misses pairs, or that look like a network's. The
 * oracle is the spectrum that the dense matrix was made with.
 */
class HardColdSolvesTest extends OnFloat64Device {
  private static final double TOLERANCE = 1e-6;

  private static double[] values(int n, IntToDoubleFunction value) {
    double[] values = new double[n];
    Arrays.setAll(values, value);
    return values;
  }

  private static ThickRestartLanczos solver(int pairs, Which which, long seed) {
    SolverSettings settings = new SolverSettings(pairs, TOLERANCE, which, 5000);
    return new ThickRestartLanczos(settings, new SplittableRandom(seed));
  }

  /** Values within √k residuals of theirs (Kahan); residuals as they are measured densely. */
  private static void requireLeading(Eigenspace found, SymmetricMatrix matrix, Which which) {
    int k = found.values().length;
    assertThat(found.stop()).isIn(Stop.CONVERGED, Stop.SPACE_EXHAUSTED);
    assertThat(ranks(found.values(), which))
        .containsExactly(
            ranks(matrix.leadingValues(k, which), which),
            within(Math.sqrt(k) * TOLERANCE * matrix.norm()));
    // the norm that residuals refer to is measured too, to the tolerance
    assertThat(Arrays.stream(matrix.residuals(found)).max().orElseThrow())
        .isLessThan(1.01 * TOLERANCE);
    Orthonormality.require(found.vectors(), 1e-12);
  }

  /** Pairs that are tied across the signs may come in any order. */
  private static double[] ranks(double[] values, Which which) {
    return Arrays.stream(values).map(which::rank).toArray();
  }

  private void solveFromFiveSeeds(double[] values, int pairs, Which which) {
    SymmetricMatrix matrix = SymmetricMatrix.of(values, 31);
    for (int seed = 0; seed < 5; seed++) {
      DenseOperator operator = new DenseOperator(matrix, scope);
      Eigenspace found = solver(pairs, which, seed).solve(operator, scope);
      requireLeading(found, matrix, which);
      assertThat(found.products()).isEqualTo(operator.products());
    }
  }

  @Test
  void findsFiveCopiesAmongTenPairs() {
    solveFromFiveSeeds(values(200, i -> i >= 3 && i < 8 ? 7 : 12 * Math.pow(0.9, i)), 10, LARGEST);
  }

  @Test
  void findsTenCopiesThatLead() {
    solveFromFiveSeeds(values(200, i -> i < 10 ? 5 : Math.pow(0.95, i)), 10, LARGEST);
  }

  /** The last pair and five behind it are equal: any one of them will do. */
  @Test
  void solvesForATieAtTheCut() {
    solveFromFiveSeeds(values(200, i -> i >= 9 && i < 15 ? 4 : 10 * Math.pow(0.9, i)), 10, LARGEST);
  }

  @Test
  void solvesWithoutAGapAtTheCut() {
    solveFromFiveSeeds(values(200, i -> 1 / (1 + 0.02 * i)), 10, LARGEST);
  }

  /** By magnitude the leading pairs are negative, of both signs, and tied across the signs. */
  @Test
  void findsNegativePairsThatLeadByMagnitude() {
    solveFromFiveSeeds(values(150, i -> i < 6 ? -10 : 8 * Math.pow(0.9, i)), 8, MAGNITUDE);
    solveFromFiveSeeds(
        values(150, i -> (i % 2 == 0 ? 1 : -1) * Math.pow(0.85, Math.floorDiv(i, 4))),
        10,
        MAGNITUDE);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "2,2", "3,2", "5,5", "11,10"})
  void solvesInFewerDimensionsThanABasisHasRoomFor(int n, int pairs) {
    solveFromFiveSeeds(values(n, i -> i < 4 ? 3 : 1), pairs, LARGEST);
  }

  /** The start is an eigenvector outside, or a sum of some that lead: the others must be found. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 10, 60})
  void findsWhatTheStartIsOrthogonalTo(int from) {
    SymmetricMatrix matrix = SymmetricMatrix.of(networkLike(200), 32);
    double[] start = new double[200];
    for (int j = from; j < from + 5; j++) {
      double[] vector = matrix.vectors().getColumn(j);
      Arrays.setAll(start, i -> start[i] + 1e6 * vector[i]);
    }
    Matrix given = scope.matrix(200, 1);
    given.write(start);
    Eigenspace found = solver(10, LARGEST, 1).solve(new DenseOperator(matrix, scope), given, scope);
    requireLeading(found, matrix, LARGEST);
    assertThat(given.toDoubles()).containsExactly(start);
  }

  /** A zero start says nothing, and has the bits of none. */
  @Test
  void solvesFromAZeroStart() {
    SymmetricMatrix matrix = SymmetricMatrix.of(networkLike(200), 33);
    DenseOperator operator = new DenseOperator(matrix, scope);
    Eigenspace none = solver(10, LARGEST, 1).solve(operator, scope);
    Eigenspace zero = solver(10, LARGEST, 1).solve(operator, scope.zeros(200, 1), scope);
    requireLeading(zero, matrix, LARGEST);
    assertThat(zero.vectors().toDoubles()).containsExactly(none.vectors().toDoubles());
  }

  /** Ten outliers from 12 to 6, and a bulk of both signs that falls as a power. */
  private static double[] networkLike(int n) {
    return values(
        n, i -> i < 10 ? 12 - 2.0 * i / 3 : (i % 3 == 0 ? -1 : 1) * 1.5 * Math.pow(i - 9.0, -0.7));
  }

  /**
   * A Krylov space needs eleven products for ten outliers in any case. In such spectra each further
   * one shrinks the rest about eightfold: five reach 1e-4, and as many make a check.
   */
  @Test
  void takesFewProductsOnASpectrumLikeANetworks() {
    DiagonalOperator operator = new DiagonalOperator(networkLike(20_000), scope);
    SolverSettings settings = new SolverSettings(10, 1e-4, LARGEST, 5000);
    Eigenspace found =
        new ThickRestartLanczos(settings, new SplittableRandom(1)).solve(operator, scope);
    assertThat(found.values())
        .containsExactly(Arrays.copyOf(networkLike(20_000), 10), within(1e-4 * 12));
    assertThat(found.products()).isEqualTo(operator.products()).isLessThanOrEqualTo(25);
  }
}
