package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigensweep.array.OnFloat64Device;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Following an eigenspace that turns, against the exact one. */
class SubspaceTrackerTest extends OnFloat64Device {
  private static final int PAIRS = 5;
  private static final int N = 120;
  private static final double SPEED = 0.01;

  private SubspaceTracker tracker(Which which, long seed) {
    return new SubspaceTracker(
        device, new SolverSettings(PAIRS, 1e-3, which, 2000), new SplittableRandom(seed));
  }

  /** Five leading values from 10 to 5, the rest from 2 down to -0.5. */
  private static double[] ordinary() {
    double[] values = new double[N];
    Arrays.setAll(values, i -> 2 - 2.5 * (i - PAIRS) / (N - PAIRS - 1));
    System.arraycopy(new double[] {10, 9, 8, 6, 5}, 0, values, 0, PAIRS);
    return values;
  }

  private static RotatingOperator turning(long seed) {
    return new RotatingOperator(SymmetricMatrix.orthogonal(N, seed), t -> ordinary(), SPEED);
  }

  /**
   * The residual is the true one of the vectors that are returned, and within the tolerance. It is
   * relative to the largest Ritz value, which is at most ‖A‖, and at least the first pair's, so it
   * is never smaller than the true one but for rounding.
   */
  private static void requireHonest(Eigenspace found, SymmetricMatrix now, double tolerance) {
    Orthonormality.require(found.vectors(), 1e-13);
    double[] exact = now.residuals(found);
    double unit = found.values()[0] == 0 ? 1 : now.norm() / Math.abs(found.values()[0]);
    for (int i = 0; i < exact.length; i++) {
      assertThat(found.residuals()[i]).isBetween(exact[i] - 1e-12, 1.01 * unit * exact[i] + 1e-12);
    }
    assertThat(found.residual(found.values().length)).isLessThanOrEqualTo(tolerance);
  }

  /**
   * A residual ρ at a gap δ means an angle of at most ρ·λ₁/δ for each vector (Davis and Kahan), and
   * a Ritz value that is off by at most (ρλ₁)²/δ (Kato and Temple). Here δ is above 3, λ₁ is 10.
   */
  @ParameterizedTest
  @EnumSource(Which.class)
  void followsATurningSpaceToTheTolerance(Which which) {
    RotatingOperator operator = turning(1);
    try (SubspaceTracker tracker = tracker(which, 1)) {
      for (int t = 0; t <= 60; t++) {
        SymmetricMatrix now = operator.at(t);
        DenseOperator product = new DenseOperator(now, scope);
        long before = tracker.products();
        Eigenspace found = tracker.refresh(product);
        assertThat(found.products())
            .isEqualTo(product.products())
            .isEqualTo((int) (tracker.products() - before));
        assertThat(found.stop()).isEqualTo(t == 0 ? Stop.CONVERGED : Stop.TRACKED);
        requireHonest(found, now, 1e-3);
        double angle =
            SymmetricMatrix.sine(found.vectors().toDoubles(), RotatingOperator.first(now, PAIRS));
        assertThat(angle).isLessThan(Math.sqrt(PAIRS) * 1e-3 * 10 / 3);
        assertThat(found.values())
            .containsExactly(now.leadingValues(PAIRS, which), within(1e-3 * 10 * 1e-3 * 10 / 3));
      }
      assertThat(tracker.coldSolves()).isEqualTo(1);
      assertThat(tracker.refreshes()).isEqualTo(61);
    }
  }

  /** A turn of 0.01 leaves residuals of at most (10 + 0.5)/10·0.01 and what the start was off. */
  @Test
  void takesOneProductAPairAndOneMoreWhereTheToleranceAllows() {
    RotatingOperator operator = turning(1);
    SolverSettings loose = new SolverSettings(PAIRS, 0.02, LARGEST, 2000);
    try (SubspaceTracker tracker = new SubspaceTracker(device, loose, new SplittableRandom(1))) {
      RotatingOperator.refresh(tracker, operator.at(0), scope);
      for (int t = 1; t <= 60; t++) {
        Eigenspace found = RotatingOperator.refresh(tracker, operator.at(t), scope);
        assertThat(found.products()).isEqualTo(PAIRS + 1);
        requireHonest(found, operator.at(t), 0.02);
      }
    }
  }

  /** Spectra without a gap behind the last pair, as a loss has beyond its classes. */
  static Stream<Arguments> flatSpectra() {
    return Stream.of(
        Arguments.of("flat behind a gap", 12, spectrum(i -> i < 5 ? 10 - i : 0.5 - 0.004 * i)),
        Arguments.of("flat everywhere", 8, spectrum(i -> 1 - 0.005 * i)),
        Arguments.of("geometric", 12, spectrum(i -> 10 * Math.pow(0.9, i))),
        Arguments.of("a cluster across the last pair", 5, spectrum(i -> i < 8 ? 6 - 1e-5 * i : 1)),
        Arguments.of("ties across the last pair", 5, spectrum(i -> i < 8 ? 6 : 1)),
        Arguments.of("fewer values than pairs", 8, spectrum(i -> i < 4 ? 4 - i : 0)),
        Arguments.of("indefinite", 8, spectrum(i -> i < 3 ? 5 - i : 2 - 0.08 * i)),
        Arguments.of("one pair", 1, spectrum(i -> 1 - 0.002 * i)),
        Arguments.of("all but one", N - 1, spectrum(i -> 1 - 0.005 * i)),
        Arguments.of("all", N, spectrum(i -> 1 - 0.005 * i)),
        Arguments.of("huge", 12, spectrum(i -> 1e12 * (i < 5 ? 10 - i : 0.5 - 0.004 * i))),
        Arguments.of("tiny", 12, spectrum(i -> 1e-12 * (i < 5 ? 10 - i : 0.5 - 0.004 * i))));
  }

  private static double[] spectrum(IntToDoubleFunction value) {
    return IntStream.range(0, N).mapToDouble(value).toArray();
  }

  /** A Ritz value with residual ρ is within ρ·max|λ| of an eigenvalue, here of the right one. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("flatSpectra")
  void isHonestWithoutAGap(String name, int pairs, double[] values) {
    RotatingOperator operator =
        new RotatingOperator(SymmetricMatrix.orthogonal(N, 7), t -> values, SPEED);
    SolverSettings settings = new SolverSettings(pairs, 1e-3, LARGEST, 2000);
    try (SubspaceTracker tracker = new SubspaceTracker(device, settings, new SplittableRandom(1))) {
      for (int t = 0; t <= 40; t++) {
        SymmetricMatrix now = operator.at(t);
        Eigenspace found = RotatingOperator.refresh(tracker, now, scope);
        requireHonest(found, now, 1e-3);
        assertThat(found.values())
            .containsExactly(now.leadingValues(pairs, LARGEST), within(1e-3 * now.norm()));
      }
    }
  }

  /**
   * An eigenvalue passes the last pair's, and no vector turns: all that a product shows of it is
   * what the guard picks up, a step of power iteration a refresh. It has sixteen refreshes for it,
   * in which the eigenvalue grows from half of what lies behind the pairs to eight times as much.
   */
  @Test
  void noticesACrossingWithoutTurningByItsGuard() {
    RealMatrix vectors = SymmetricMatrix.orthogonal(N, 8);
    RotatingOperator operator =
        new RotatingOperator(
            vectors,
            t -> {
              double[] values = spectrum(i -> i < PAIRS ? 10 - 0.5 * i : 1 - 0.01 * i);
              values[50] = Math.min(20, 0.5 + 0.5 * t);
              return values;
            },
            0);
    try (SubspaceTracker tracker = tracker(LARGEST, 8)) {
      for (int t = 0; t <= 40; t++) {
        SymmetricMatrix now = operator.at(t);
        Eigenspace found = RotatingOperator.refresh(tracker, now, scope);
        requireHonest(found, now, 1e-3);
        assertThat(found.values())
            .containsExactly(now.leadingValues(PAIRS, LARGEST), within(1e-3 * now.norm()));
      }
      assertThat(tracker.coldSolves()).isEqualTo(1);
    }
  }

  /** Whatever throws on the way, the tracker goes on with what it had. */
  @Test
  void survivesAProductThatIsNotFinite() {
    RotatingOperator operator = turning(9);
    try (SubspaceTracker tracker = tracker(LARGEST, 9)) {
      RotatingOperator.refresh(tracker, operator.at(0), scope);
      SymmetricMatrix broken =
          SymmetricMatrix.of(spectrum(i -> Double.NaN), operator.at(1).vectors());
      assertThatThrownBy(() -> RotatingOperator.refresh(tracker, broken, scope))
          .isInstanceOf(NotFiniteException.class);
      requireHonest(RotatingOperator.refresh(tracker, operator.at(1), scope), operator.at(1), 1e-3);
      assertThat(tracker.coldSolves()).isEqualTo(1);
    }
  }

  @Test
  void solvesTheFirstRefreshCold() {
    SymmetricMatrix matrix = turning(2).at(0);
    try (SubspaceTracker tracker = tracker(LARGEST, 2)) {
      Eigenspace found = RotatingOperator.refresh(tracker, matrix, scope);
      assertThat(tracker.coldSolves()).isEqualTo(1);
      assertThat(tracker.refreshes()).isEqualTo(1);
      assertThat(found.residuals()).containsExactly(matrix.residuals(found), within(1e-5));
      assertThat(found.residual(PAIRS)).isLessThan(1e-3);
    }
  }

  @Test
  void findsTheSpaceOfAnOperatorThatWasReplaced() {
    try (SubspaceTracker tracker = tracker(LARGEST, 3)) {
      RotatingOperator.refresh(tracker, turning(3).at(0), scope);
      RotatingOperator.refresh(tracker, turning(3).at(1), scope);
      assertThat(tracker.coldSolves()).isEqualTo(1);
      SymmetricMatrix other = turning(4).at(0);
      DenseOperator operator = new DenseOperator(other, scope);
      Eigenspace found = tracker.refresh(operator);
      assertThat(found.products()).isEqualTo(operator.products());
      requireHonest(found, other, 1e-3);
      // residuals within the tolerance of 1e-3·λ₁, over the gap of 3 below the fifth value
      assertThat(
              SymmetricMatrix.sine(
                  found.vectors().toDoubles(), RotatingOperator.first(other, PAIRS)))
          .isLessThan(Math.sqrt(PAIRS) * 1e-3 * 10 / 3);
      assertThat(found.values())
          .containsExactly(other.leadingValues(PAIRS, LARGEST), within(1e-3 * 10));
    }
  }

  @Test
  void spendsMoreProductsOnALargerTurn() {
    RotatingOperator operator = turning(5);
    try (SubspaceTracker tracker = tracker(LARGEST, 5)) {
      RotatingOperator.refresh(tracker, operator.at(0), scope);
      SymmetricMatrix jumped = operator.at(20);
      Eigenspace found = RotatingOperator.refresh(tracker, jumped, scope);
      assertThat(tracker.coldSolves()).isEqualTo(1);
      assertThat(found.products()).isGreaterThan(PAIRS + 1);
      requireHonest(found, jumped, 1e-3);
    }
  }

  @Test
  void goesOnFromASnapshotWithTheSameBits() {
    RotatingOperator operator = turning(6);
    try (SubspaceTracker undisturbed = tracker(LARGEST, 6);
        SubspaceTracker resumed = tracker(LARGEST, 99)) {
      for (int t = 0; t < 5; t++) {
        RotatingOperator.refresh(undisturbed, operator.at(t), scope);
      }
      resumed.startFrom(undisturbed.snapshot());
      for (int t = 5; t < 10; t++) {
        Eigenspace one = RotatingOperator.refresh(undisturbed, operator.at(t), scope);
        Eigenspace other = RotatingOperator.refresh(resumed, operator.at(t), scope);
        assertThat(other.vectors().toDoubles()).containsExactly(one.vectors().toDoubles());
        assertThat(other.values()).containsExactly(one.values());
        assertThat(other.products()).isEqualTo(one.products());
      }
      assertThat(resumed.coldSolves()).isZero();
    }
  }
}
