package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Nd4jDevice;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Following an eigenspace that turns, against the exact one. */
class SubspaceTrackerTest {
  private static final int PAIRS = 5;
  private static final int N = 120;
  private static final double SPEED = 0.01;

  private Device device;
  private Scope scope;

  @BeforeEach
  void open() {
    device = Nd4jDevice.open(Precision.FLOAT64, 1);
    scope = device.open();
  }

  @AfterEach
  void close() {
    scope.close();
    device.close();
  }

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
   * The basis that a refresh returns is off by the angle e, the operator turns by ω, and the next
   * power step leaves tan e' = ρ·tan(e + ω) with ρ = λ_b/λ_i for a vector that turns towards one of
   * eigenvalue λ_b: e tends to ρω/(1 − ρ), the angle before the step to ω/(1 − ρ). Here vector i
   * turns towards vector i + n/2, of eigenvalue at most 0.82, and what the first, cold refresh left
   * (its tolerance) has decayed after ten refreshes.
   */
  @ParameterizedTest
  @EnumSource(Which.class)
  void followsATurningSpaceForOneBlockProductARefresh(Which which) {
    RotatingOperator operator = turning(1);
    double rho = 0.82 / 5;
    try (SubspaceTracker tracker = tracker(which, 1)) {
      for (int t = 0; t <= 60; t++) {
        SymmetricMatrix now = operator.at(t);
        DenseOperator product = new DenseOperator(now, scope);
        long before = tracker.products();
        Eigenspace found = tracker.refresh(product);
        assertThat(tracker.coldSolves()).isEqualTo(1);
        assertThat(found.products())
            .isEqualTo(product.products())
            .isEqualTo((int) (tracker.products() - before));
        if (t == 0) {
          continue;
        }
        assertThat(found.products()).isEqualTo(PAIRS);
        Orthonormality.require(found.vectors(), 1e-14);
        if (t > 10) {
          double angle =
              SymmetricMatrix.sine(found.vectors().toDoubles(), RotatingOperator.first(now, PAIRS));
          assertThat(angle).isLessThan(1.05 * Math.sqrt(PAIRS) * rho * SPEED / (1 - rho));
          requireSecondOrder(found, SPEED / (1 - rho));
          requireStepBetterThanMeasured(found, now, rho);
        }
      }
      assertThat(tracker.refreshes()).isEqualTo(61);
    }
  }

  /** A Ritz value at an angle α from its vector is off by sin²α times the distance to the other. */
  private static void requireSecondOrder(Eigenspace found, double angle) {
    for (int i = 0; i < PAIRS; i++) {
      double exact = ordinary()[i];
      double distance = exact + 0.5;
      assertThat(found.values()[i])
          .isBetween(exact - 1.05 * distance * angle * angle, exact + 1e-12);
    }
  }

  /** What was measured before the power step bounds what it leaves, less the factor ρ. */
  private static void requireStepBetterThanMeasured(
      Eigenspace found, SymmetricMatrix now, double rho) {
    double[] exact = now.residuals(found);
    for (int i = 0; i < PAIRS; i++) {
      assertThat(found.residuals()[i]).isGreaterThan(5e-3);
      assertThat(exact[i]).isLessThan(1.3 * rho * found.residuals()[i]);
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
  void noticesThatTheOperatorWasReplaced() {
    try (SubspaceTracker tracker = tracker(LARGEST, 3)) {
      RotatingOperator.refresh(tracker, turning(3).at(0), scope);
      RotatingOperator.refresh(tracker, turning(3).at(1), scope);
      assertThat(tracker.coldSolves()).isEqualTo(1);
      SymmetricMatrix other = turning(4).at(0);
      DenseOperator operator = new DenseOperator(other, scope);
      Eigenspace found = tracker.refresh(operator);
      assertThat(tracker.coldSolves()).isEqualTo(2);
      assertThat(found.products()).isEqualTo(operator.products());
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
  void spendsMorePowerStepsOnALargerTurnBeforeItGivesUp() {
    RotatingOperator operator = turning(5);
    try (SubspaceTracker tracker = tracker(LARGEST, 5)) {
      RotatingOperator.refresh(tracker, operator.at(0), scope);
      SymmetricMatrix jumped = operator.at(20);
      Eigenspace found = RotatingOperator.refresh(tracker, jumped, scope);
      assertThat(tracker.coldSolves()).isEqualTo(1);
      assertThat(found.products()).isGreaterThan(PAIRS).isLessThanOrEqualTo(4 * PAIRS);
      assertThat(found.residual(PAIRS)).isLessThanOrEqualTo(0.03);
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
