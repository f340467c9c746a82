package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.InUse;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a tracker of projections corrects, refreshes and starts anew; on axes. */
class ProjectionTrackerLimitsTest extends OnFloat64Device {
  private static final int N = 12;
  private static final ErrorMeasure NOTHING = error -> 0;

  private ProjectionTracker tracker(int pairs, double error) {
    SolverSettings settings = new SolverSettings(pairs, 1e-2, LARGEST, 2000);
    ProjectionTracker tracker =
        new ProjectionTracker(device, settings, error, new SplittableRandom(1));
    int columns = Math.min(N, pairs + 1);
    double[] axes = new double[N * columns];
    for (int i = 0; i < columns; i++) {
      axes[i * (N + 1)] = 1;
    }
    tracker.startFrom(new TrackedSpace(new HostMatrix.Doubles(N, columns, axes), 0, 100));
    return tracker;
  }

  /** Eigenvalues on the first axes, the others 0.5. */
  private DiagonalOperator operator(double... first) {
    double[] values = new double[N];
    Arrays.fill(values, 0.5);
    System.arraycopy(first, 0, values, 0, first.length);
    return new DiagonalOperator(values, scope);
  }

  private void follow(ProjectionTracker tracker, LinearOperator operator, ErrorMeasure measure) {
    follow(tracker, operator, measure, 1, 1, 0, 0, 1);
  }

  private void follow(
      ProjectionTracker tracker, LinearOperator operator, ErrorMeasure measure, double... first) {
    double[] vector = Arrays.copyOf(first, N);
    tracker.follow(operator, scope.zeros(N, 1), AxisPairs.matrix(scope, N, vector), measure);
  }

  /** A basis that was just refreshed is the space; one that was corrected is not. */
  @Test
  void refreshesForASnapshotWhereItWasCorrected() {
    try (ProjectionTracker tracker = tracker(2, 1)) {
      follow(tracker, operator(8, 4), NOTHING);
      tracker.snapshot(operator(8, 4), scope.zeros(N, 1));
      assertThat(tracker.refreshes()).isEqualTo(1);
      follow(tracker, operator(8, 4), NOTHING);
      assertThat(tracker.corrections()).isEqualTo(1);
      tracker.snapshot(operator(8, 4), scope.zeros(N, 1));
      assertThat(tracker.refreshes()).isEqualTo(2);
    }
  }

  /** Where the vector lies along the first axis, whose value was 8. */
  @ParameterizedTest
  @CsvSource({"4,true", "3.99,false", "12,true", "12.01,false"})
  void refreshesWhereAValueHasChangedByMoreThanHalf(double value, boolean corrected) {
    try (ProjectionTracker tracker = tracker(1, 1)) {
      follow(tracker, operator(8), NOTHING, 1);
      follow(tracker, operator(value), NOTHING, 1);
      assertThat(tracker.refreshes()).isEqualTo(corrected ? 1 : 2);
      assertThat(tracker.corrections()).isEqualTo(1);
      assertThat(tracker.coldSolves()).isZero();
    }
  }

  /** The vector meets an axis outside, whose value is above or below that of the second pair. */
  @ParameterizedTest
  @CsvSource({"3.9,0", "4.1,1"})
  void startsAnewWhereTheVectorMeetsALeadingDirection(double outside, int solves) {
    try (ProjectionTracker tracker = tracker(2, 1)) {
      follow(tracker, operator(8, 4), NOTHING, 1, 0, 0, 0, 1);
      follow(tracker, operator(8, 4, 0.5, 0.5, outside), NOTHING, 1, 0, 0, 0, 1);
      assertThat(tracker.coldSolves()).isEqualTo(solves);
      assertThat(tracker.refreshes()).isEqualTo(1 + solves);
    }
  }

  @Test
  void correctsNoBasisOfAllDimensions() {
    double[] values = new double[N];
    Arrays.setAll(values, i -> N - i);
    try (ProjectionTracker tracker = tracker(N, 1)) {
      follow(tracker, operator(values), NOTHING);
      follow(tracker, operator(values), NOTHING);
      assertThat(tracker.refreshes()).isEqualTo(2);
      assertThat(tracker.corrections()).isZero();
    }
  }

  /**
   * A refresh that leaves 4 spends 0.4 of a budget of 1 and leaves 0.36 of that spent; a correction
   * that leaves 5 spends 0.5 more. So one such is accepted; without the first, two would be.
   */
  @Test
  void countsTheErrorOfARefreshToo() {
    try (ProjectionTracker tracker = tracker(2, 1)) {
      follow(tracker, operator(8, 4), error -> 4);
      assertThat(tracker.estimate()).isEqualTo(4);
      follow(tracker, operator(8, 4), error -> 5);
      assertThat(tracker.estimate()).isEqualTo(5);
      assertThat(tracker.refreshes()).isEqualTo(1);
      follow(tracker, operator(8, 4), error -> 5);
      assertThat(tracker.refreshes()).isEqualTo(2);
    }
    try (ProjectionTracker tracker = tracker(2, 1)) {
      follow(tracker, operator(8, 4), NOTHING);
      follow(tracker, operator(8, 4), error -> 5);
      follow(tracker, operator(8, 4), error -> 5);
      assertThat(tracker.refreshes()).isEqualTo(1);
    }
  }

  /** After as many refreshes a tracker holds as much, whatever it corrected or threw away. */
  @Test
  void letsGoOfCorrectedBases() {
    LinearOperator operator = operator(8, 4);
    LinearOperator changed = operator(1.5, 4);
    Matrix vector = AxisPairs.matrix(scope, N, Arrays.copyOf(new double[] {1}, N));
    Matrix point = scope.zeros(N, 1);
    long before = InUse.bytes(device);
    ProjectionTracker refreshed = tracker(2, 0);
    for (int t = 0; t < 2; t++) {
      refreshed.follow(operator, point, vector, NOTHING);
    }
    long held = InUse.bytes(device) - before;
    refreshed.close();
    assertThat(InUse.bytes(device)).isEqualTo(before);

    ProjectionTracker corrected = tracker(2, 1);
    corrected.follow(operator, point, vector, NOTHING);
    corrected.follow(operator, point, vector, NOTHING);
    long one = InUse.bytes(device) - before;
    corrected.follow(operator, point, vector, NOTHING);
    assertThat(InUse.bytes(device) - before).isEqualTo(one);
    assertThat(corrected.corrections()).isEqualTo(2);
    corrected.follow(changed, point, vector, NOTHING);
    assertThat(corrected.refreshes()).isEqualTo(2);
    assertThat(InUse.bytes(device) - before).isEqualTo(held);
    corrected.close();
    assertThat(InUse.bytes(device)).isEqualTo(before);
  }

  /**
   * The second axis turns by 0.05 times the point's coordinate, to and fro. From the latest basis
   * that is a turn of 0.1, whose square a correction leaves, some thousandths. A forecast is off by
   * less than a hundredth of that turn.
   */
  @Test
  void correctsAForecastWhereItHasOne() {
    double[] v = new double[N];
    Arrays.setAll(v, i -> Math.cos(2 * i + 1));
    try (ProjectionTracker tracker = tracker(2, 1)) {
      for (int t = 0; t < 20; t++) {
        double coordinate = t % 2 == 0 ? 1 - 0.02 * t : 0.02 * t - 1;
        SymmetricMatrix now = turned(0.05 * coordinate);
        DenseOperator operator = new DenseOperator(now, scope);
        Matrix point = AxisPairs.matrix(scope, N, Arrays.copyOf(new double[] {coordinate}, N));
        tracker.follow(operator, point, AxisPairs.matrix(scope, N, v), NOTHING);
        double wrong = wrong(tracker.basis(), now, v);
        assertThat(tracker.corrections()).isEqualTo(t);
        if (t >= BasisForecast.REMEMBERED) {
          assertThat(wrong).isLessThan(1e-5);
        } else if (t > 0) {
          assertThat(wrong).isBetween(1e-3, 1e-2);
        }
        tracker.snapshot(operator, point); // refreshes, and remembers the space at the point
      }
    }
  }

  private static SymmetricMatrix turned(double angle) {
    double[] values = new double[N];
    Arrays.fill(values, 0.5);
    values[0] = 8;
    values[1] = 4;
    RealMatrix vectors = MatrixUtils.createRealIdentityMatrix(N);
    vectors.setEntry(1, 1, Math.cos(angle));
    vectors.setEntry(5, 1, Math.sin(angle));
    vectors.setEntry(1, 5, -Math.sin(angle));
    vectors.setEntry(5, 5, Math.cos(angle));
    return SymmetricMatrix.of(values, vectors);
  }

  /** How far the projection of a vector on a basis is off, over its length. */
  private static double wrong(Matrix basis, SymmetricMatrix now, double[] v) {
    RealMatrix found = SymmetricMatrix.real(basis.toDoubles(), N);
    RealMatrix exact = now.leadingVectors(2, LARGEST);
    RealVector vector = new ArrayRealVector(v);
    return found
            .operate(found.preMultiply(vector))
            .subtract(exact.operate(exact.preMultiply(vector)))
            .getNorm()
        / vector.getNorm();
  }
}
