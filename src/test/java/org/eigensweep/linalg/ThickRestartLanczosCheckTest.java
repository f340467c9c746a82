package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the cold solver makes sure of what has converged, and where it stops. */
class ThickRestartLanczosCheckTest extends OnFloat64Device {
  private static final long SEED = 4;

  private static ThickRestartLanczos solver(int pairs, double tolerance, int maxProducts) {
    SolverSettings settings = new SolverSettings(pairs, tolerance, LARGEST, maxProducts);
    return new ThickRestartLanczos(settings, new SplittableRandom(SEED));
  }

  /**
   * A zero operator has converged, even to nothing, as soon as there are enough vectors. One more
   * is an eigenvector too, and the process from there ends: no pair is hidden.
   */
  @ParameterizedTest
  @CsvSource({
    "3,100,4",
    "12,100,13",
    // the check ends where products are spent, but enough vectors there must be
    "4,5,5",
    "4,4,4",
    "5,1,5"
  })
  void checksOneVectorWhereThatIsEnough(int pairs, int most, int products) {
    DiagonalOperator zero = new DiagonalOperator(new double[50], scope);
    Eigenspace found = solver(pairs, 0, most).solve(zero, scope);
    assertThat(found.stop()).isEqualTo(Stop.CONVERGED);
    assertThat(found.products()).isEqualTo(zero.products()).isEqualTo(products);
  }

  @Test
  void stopsWhereThereAreEnoughVectorsAndNoMoreIsAllowed() {
    DenseOperator operator = new DenseOperator(SymmetricMatrix.random(50, 1), scope);
    Eigenspace found = solver(4, 1e-6, 1).solve(operator, scope);
    assertThat(found.stop()).isEqualTo(Stop.PRODUCTS_SPENT);
    assertThat(found.products()).isEqualTo(4);
  }

  /** Nothing is small enough; but where the basis is all there is, nothing else can be done. */
  @Test
  void stopsWhereAllIsSearched() {
    SymmetricMatrix matrix = SymmetricMatrix.random(18, 2);
    DenseOperator operator = new DenseOperator(matrix, scope);
    Eigenspace found = solver(3, 0, 1000).solve(operator, scope);
    assertThat(found.stop()).isEqualTo(Stop.SPACE_EXHAUSTED);
    assertThat(found.products()).isEqualTo(operator.products()).isEqualTo(18);
    // n roundoffs
    assertThat(found.residual(3)).isPositive().isLessThan(18 * 1.2e-16 * 10);
    assertThat(found.values())
        .containsExactly(matrix.leadingValues(3, LARGEST), within(1e-13 * matrix.norm()));
  }

  /**
   * The first random vector is an eigenvector, of the value 1; all the rest has the value 3. So
   * what the check adds is an eigenvector at once: no residual tells of it, its value does.
   */
  @Test
  void goesOnWhereTheCheckFindsAnEigenvector() {
    int n = 40;
    Matrix first = scope.matrix(n, 1);
    new Orthonormalizer(new SplittableRandom(SEED)).fillRandom(first);
    RealMatrix vectors = new QRDecomposition(SymmetricMatrix.real(first.toDoubles(), n)).getQ();
    double[] values = new double[n];
    Arrays.fill(values, 3);
    values[0] = 1;
    DenseOperator operator = new DenseOperator(SymmetricMatrix.of(values, vectors), scope);
    Eigenspace found = solver(1, 1e-10, 1000).solve(operator, scope);
    assertThat(found.stop()).isEqualTo(Stop.CONVERGED);
    assertThat(found.values()).containsExactly(new double[] {3}, within(1e-10 * 3));
    // one vector, a check that finds one, and one that finds nothing
    assertThat(found.products()).isEqualTo(1 + 1 + 1);
  }

  /**
   * Eight eigenvectors had been found when the mean of two others joined them, whose values 10 and
   * 9 are larger. Its residual vector is their difference: one product is enough.
   */
  @Test
  void resumesAlongTheWorstResidual() {
    int n = 200;
    double[] values = new double[n];
    Arrays.setAll(values, i -> 5 - 0.01 * i);
    values[0] = 10;
    values[1] = 9;
    DiagonalOperator operator = new DiagonalOperator(values, scope);
    SolverSettings settings = new SolverSettings(2, 1e-10, LARGEST, 1000);
    ThickRestartLanczos solver = new ThickRestartLanczos(settings, new SplittableRandom(SEED));
    Orthonormalizer orthonormalizer = new Orthonormalizer(new SplittableRandom(1));
    try (SearchSpace space =
        new SearchSpace(operator, settings, solver.capacity(), orthonormalizer)) {
      double[] block = new double[9 * n];
      for (int j = 0; j < 8; j++) {
        block[j * n + 2 + j] = 1;
      }
      block[8 * n] = 1;
      block[8 * n + 1] = 1;
      space.add(AxisPairs.matrix(scope, n, block));
      assertThat(space.ritz().values(2)).containsExactly(new double[] {9.5, 4.98}, within(1e-13));
      assertThat(solver.resume(space)).isEqualTo(Stop.CONVERGED);
      assertThat(space.ritz().values(2)).containsExactly(new double[] {10, 9}, within(1e-13));
      assertThat(space.products()).isEqualTo(9 + 1);
      assertThat(solver.resume(space)).isEqualTo(Stop.CONVERGED);
      assertThat(space.products()).isEqualTo(9 + 1);
    }
  }
}
