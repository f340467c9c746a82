package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

/** A search space by itself: what it keeps where it is full, and what it says of the rest. */
class SearchSpaceTest extends OnFloat64Device {
  private static final int N = 40;
  private static final int PAIRS = 4;

  /** Of an operator whose eigenvalues go from 39 down to 0, but for one of −7. */
  private SearchSpace space(int capacity) {
    double[] values = IntStream.range(0, N).mapToDouble(i -> i == 20 ? -7 : N - 1 - i).toArray();
    DiagonalOperator operator = new DiagonalOperator(values, scope);
    SolverSettings settings = new SolverSettings(PAIRS, 1e-3, LARGEST, 100);
    return new SearchSpace(
        operator, settings, capacity, new Orthonormalizer(new SplittableRandom(1)));
  }

  private Matrix axes(int from, int count) {
    double[] block = new double[N * count];
    for (int j = 0; j < count; j++) {
      block[j * N + from + j] = 1;
    }
    return AxisPairs.matrix(scope, N, block);
  }

  private Matrix random(int columns, long seed) {
    double[] block = new SplittableRandom(seed).doubles((long) N * columns, -1, 1).toArray();
    return AxisPairs.matrix(scope, N, block);
  }

  /**
   * With room for eight besides a block of four, four pairs and half of the other four are kept.
   */
  @Test
  void keepsTheLeadingHalfOfTheRoomWhereItIsFull() {
    try (SearchSpace space = space(12)) {
      space.add(axes(3, 12));
      assertThat(space.dimension()).isEqualTo(12);
      space.add(axes(30, 4));
      assertThat(space.dimension()).isEqualTo(6 + 4);
      assertThat(space.products()).isEqualTo(16);
      assertThat(space.missing()).isEqualTo(N - 10);
      double[] expected = {36, 35, 34, 33, 32, 31, 9, 8, 7, 6};
      assertThat(space.ritz().values(10)).containsExactly(expected, within(1e-13));
      assertThat(space.ritz().residual(PAIRS)).isLessThan(1e-14);
    }
  }

  /** A block that leaves room for the pairs alone, and one that leaves a single vector besides. */
  @Test
  void keepsThePairsWhereABlockNeedsTheRest() {
    try (SearchSpace space = space(PAIRS + 6)) {
      space.add(axes(0, 10));
      space.add(axes(30, 6));
      assertThat(space.dimension()).isEqualTo(PAIRS + 6);
      assertThat(space.ritz().values(PAIRS))
          .containsExactly(new double[] {39, 38, 37, 36}, within(1e-13));
      space.add(axes(10, 5));
      assertThat(space.dimension()).isEqualTo(PAIRS + 5);
    }
  }

  /** What is kept is kept with its products: the pairs are in the basis, and no value falls. */
  @Test
  void keepsRitzVectorsWithTheirProducts() {
    try (SearchSpace space = space(12)) {
      space.add(random(12, 1));
      double[] before = space.ritz().values(PAIRS);
      Matrix vectors = scope.matrix(N, PAIRS);
      space.ritz().vectors(vectors);
      space.add(random(4, 2));
      RitzPairs after = space.ritz();
      Orthonormality.require(after.basis(), 1e-13);
      RealMatrix basis = SymmetricMatrix.real(after.basis().toDoubles(), N);
      assertThat(SymmetricMatrix.sine(vectors.toDoubles(), basis)).isLessThan(1e-13);
      double[] images = after.product().toDoubles();
      for (int j = 0; j < after.dimension(); j++) {
        for (int i = 0; i < N; i++) {
          double value = i == 20 ? -7 : N - 1 - i;
          assertThat(images[i + j * N]).isCloseTo(value * basis.getEntry(i, j), within(1e-12));
        }
      }
      for (int i = 0; i < PAIRS; i++) {
        assertThat(after.value(i)).isGreaterThanOrEqualTo(before[i] - 1e-12); // Cauchy
      }
    }
  }

  /** The lowest of all Ritz values, those included that a restart has dropped. */
  @Test
  void remembersHowFarTheSpectrumReachesDown() {
    try (SearchSpace space = space(12)) {
      assertThat(space.lowest()).isEqualTo(Double.POSITIVE_INFINITY);
      space.add(axes(5, 12));
      space.ritz();
      assertThat(space.lowest()).isCloseTo(23, within(1e-13));
      space.add(axes(18, 4));
      space.ritz();
      assertThat(space.lowest()).isCloseTo(-7, within(1e-13));
      space.add(axes(0, 5));
      assertThat(space.ritz().eigen().smallest()).isGreaterThan(0);
      assertThat(space.lowest()).isCloseTo(-7, within(1e-13));
    }
  }

  /** What a check starts with: no restart while it lasts, where the basis would be too full. */
  @Test
  void makesRoomWhereThereIsNone() {
    try (SearchSpace space = space(12)) {
      space.add(axes(3, 9));
      space.makeRoom(3);
      assertThat(space.dimension()).isEqualTo(9);
      space.makeRoom(4);
      // four pairs and half of the other four
      assertThat(space.dimension()).isEqualTo(6);
      assertThat(space.ritz().values(6))
          .containsExactly(new double[] {36, 35, 34, 33, 32, 31}, within(1e-13));
      assertThat(space.products()).isEqualTo(9);
    }
    try (SearchSpace whole = space(N)) {
      whole.add(axes(0, N - 1));
      whole.makeRoom(4); // one vector is missing, and has its place
      assertThat(whole.dimension()).isEqualTo(N - 1);
    }
  }

  /** The sum of two axes with the values 39 and 37: 38 times itself, and their difference. */
  @Test
  void tellsWhatTheNewestProductHasOutside() {
    try (SearchSpace space = space(12)) {
      double[] sum = new double[N];
      sum[0] = 1;
      sum[2] = 1;
      space.add(AxisPairs.matrix(scope, N, sum));
      Matrix outside = scope.matrix(N, 1);
      assertThat(space.newestQuotient()).isCloseTo(38, within(1e-13));
      assertThat(space.newestDefect(outside)).isCloseTo(1, within(1e-13));
      assertThat(outside.toDoubles()[0]).isCloseTo(Math.sqrt(0.5), within(1e-13));
      assertThat(outside.toDoubles()[2]).isCloseTo(-Math.sqrt(0.5), within(1e-13));
      space.add(outside);
      assertThat(space.newestQuotient()).isCloseTo(38, within(1e-13));
      assertThat(space.newestDefect(outside)).isZero();
    }
  }
}
