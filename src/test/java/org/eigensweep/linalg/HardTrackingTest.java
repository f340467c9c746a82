package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.eigensweep.array.OnFloat64Device;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spectra on which plain power steps would lead away from the space that is wanted. */
class HardTrackingTest extends OnFloat64Device {
  private static final int PAIRS = 4;
  private static final int N = 100;
  private static final double SPEED = 0.004;

  private SubspaceTracker tracker(long seed) {
    return new SubspaceTracker(
        device, new SolverSettings(PAIRS, 1e-3, LARGEST, 2000), new SplittableRandom(seed));
  }

  /** Four leading values, the rest between 0.3 and -0.2 but for what a test sets. */
  private static double[] spectrum(double... leading) {
    double[] values = new double[N];
    Arrays.setAll(values, i -> 0.3 - 0.5 * i / N);
    System.arraycopy(leading, 0, values, 0, leading.length);
    return values;
  }

  /**
   * Vector 3, the fourth, turns towards vector 53, whose eigenvalue is negative: a plain power step
   * multiplies what it picks up by |λ₅₃|/λ₃ > 1.
   */
  @ParameterizedTest
  @ValueSource(doubles = {-0.6, -2, -9})
  void isNotDrawnToANegativeEigenvalueOfLargerMagnitude(double negative) {
    double[] values = spectrum(10, 6, 2, 1);
    values[53] = negative;
    RotatingOperator operator =
        new RotatingOperator(SymmetricMatrix.orthogonal(N, 1), t -> values, SPEED);
    try (SubspaceTracker tracker = tracker(1)) {
      for (int t = 0; t <= 60; t++) {
        SymmetricMatrix now = operator.at(t);
        Eigenspace found = RotatingOperator.refresh(tracker, now, scope);
        requireLeading(found, now);
      }
      assertThat(tracker.coldSolves()).isEqualTo(1);
    }
  }

  /** A residual of 1e-3·λ₁ at a gap of 0.7 to the first eigenvalue outside (Davis and Kahan). */
  private static void requireLeading(Eigenspace found, SymmetricMatrix now) {
    assertThat(Arrays.stream(now.residuals(found)).max().orElseThrow()).isLessThanOrEqualTo(1e-3);
    double angle = Math.sqrt(PAIRS) * 1e-3 * now.norm() / 0.7;
    assertThat(
            SymmetricMatrix.sine(found.vectors().toDoubles(), RotatingOperator.first(now, PAIRS)))
        .isLessThan(angle);
    assertThat(found.values())
        .containsExactly(now.leadingValues(PAIRS, LARGEST), within(1e-3 * now.norm()));
  }

  @Test
  void isNotDrawnToANegativeEigenvalueThatGrows() {
    RotatingOperator operator = growing(-0.2, -0.05);
    try (SubspaceTracker tracker = tracker(2)) {
      for (int t = 0; t <= 60; t++) {
        SymmetricMatrix now = operator.at(t);
        requireLeading(RotatingOperator.refresh(tracker, now, scope), now);
      }
      assertThat(tracker.coldSolves()).isEqualTo(1);
    }
  }

  /** A basis that holds a negative eigenvector of which nothing is known yet is put right. */
  @Test
  void leavesANegativeEigenvalueThatItStartedFrom() {
    RotatingOperator operator = growing(-30, 0);
    SymmetricMatrix now = operator.at(0);
    try (SubspaceTracker tracker = tracker(3)) {
      RealMatrix wrong = RotatingOperator.first(now, PAIRS + 1).copy();
      wrong.setColumnVector(3, now.vectors().getColumnVector(53));
      wrong.setColumn(PAIRS, SymmetricMatrix.orthogonal(N, 9).getColumn(0));
      tracker.startFrom(new TrackedSpace(SymmetricMatrix.host(wrong), 0, 60));
      requireLeading(RotatingOperator.refresh(tracker, now, scope), now);
    }
  }

  /** With fewer positive eigenvalues than pairs, the last pairs are the largest negative ones. */
  @Test
  void followsNegativeLeadingEigenvalues() {
    double[] values = new double[N];
    Arrays.setAll(values, i -> -1 - 1.0 * i / N);
    System.arraycopy(new double[] {10, 6, 2, -0.1}, 0, values, 0, PAIRS);
    RotatingOperator operator =
        new RotatingOperator(SymmetricMatrix.orthogonal(N, 4), t -> values, SPEED);
    try (SubspaceTracker tracker = tracker(4)) {
      for (int t = 0; t <= 40; t++) {
        SymmetricMatrix now = operator.at(t);
        requireLeading(RotatingOperator.refresh(tracker, now, scope), now);
      }
      assertThat(tracker.coldSolves()).isEqualTo(1);
    }
  }

  /** Vector 53 passes the fourth, which turns towards it, and becomes a leading one. */
  @Test
  void followsACrossing() {
    RotatingOperator operator =
        new RotatingOperator(
            SymmetricMatrix.orthogonal(N, 3),
            t -> {
              double[] values = spectrum(10, 8, 7, 6);
              values[53] = Math.min(6.9, 4 + 0.04 * t);
              return values;
            },
            SPEED);
    try (SubspaceTracker tracker = tracker(5)) {
      for (int t = 0; t <= 100; t++) {
        SymmetricMatrix now = operator.at(t);
        Eigenspace found = RotatingOperator.refresh(tracker, now, scope);
        assertThat(found.values())
            .containsExactly(now.leadingValues(PAIRS, LARGEST), within(1e-3 * now.norm()));
        double gap = Math.abs(6 - now.values()[53]);
        if (gap > 0.1) {
          double angle =
              SymmetricMatrix.sine(found.vectors().toDoubles(), now.leadingVectors(PAIRS, LARGEST));
          assertThat(angle).isLessThan(Math.sqrt(PAIRS) * 1e-3 * 10 / gap);
        }
      }
      assertThat(tracker.coldSolves()).isEqualTo(1);
    }
  }

  /** Leading values 10, 6, 2, 1 and the eigenvalue of vector 53 as a line in time. */
  private static RotatingOperator growing(double start, double slope) {
    return new RotatingOperator(
        SymmetricMatrix.orthogonal(N, 2),
        t -> {
          double[] values = spectrum(10, 6, 2, 1);
          values[53] = start + slope * t;
          return values;
        },
        SPEED);
  }
}
