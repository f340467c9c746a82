package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Projections of one vector by corrected bases, against spaces that are known. */
class ProjectionTrackerTest extends OnFloat64Device {
  private static final int N = 100;
  private static final double NEVER_TOO_LARGE = 1;

  private ProjectionTracker tracker(int rank, double error) {
    SolverSettings settings = new SolverSettings(rank, 1e-6, LARGEST, 2000);
    return new ProjectionTracker(device, settings, error, new SplittableRandom(1));
  }

  private Matrix basis(ProjectionTracker tracker, SymmetricMatrix now, RealVector vector) {
    Matrix v = scope.matrix(N, 1);
    v.write(vector.toArray());
    tracker.follow(new DenseOperator(now, scope), scope.matrix(N, 1), v, ErrorMeasure.ALIGNMENT);
    return tracker.basis();
  }

  private static double[] spectrum(double... leading) {
    double[] values = new double[N];
    Arrays.setAll(values, i -> 1.5 - 2.0 * i / N);
    System.arraycopy(leading, 0, values, 0, leading.length);
    return values;
  }

  private static RotatingOperator turning(double speed, double... leading) {
    return new RotatingOperator(SymmetricMatrix.orthogonal(N, 1), t -> spectrum(leading), speed);
  }

  private static RealVector vector() {
    Random random = new Random(7);
    return new ArrayRealVector(random.doubles(N, -1, 1).toArray());
  }

  /** ‖Uᵀv‖/‖v‖. */
  private static double share(RealMatrix basis, RealVector v) {
    return basis.transpose().operate(v).getNorm() / v.getNorm();
  }

  private static RealMatrix real(Matrix basis) {
    return SymmetricMatrix.real(basis.toDoubles(), N);
  }

  private static RealVector projected(RealMatrix basis, RealVector v) {
    return basis.operate(basis.transpose().operate(v));
  }

  /**
   * The promise. To first order a correction leaves the share λ_b/λ_k of itself, here 0.1: vector i
   * turns towards vector i + n/2, whose eigenvalue is at most 0.5. The estimate takes an eighth, so
   * the errors stay below it.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.003, 0.01})
  void estimatesTheErrorThatItLeaves(double speed) {
    RotatingOperator operator = turning(speed, 10, 9, 8, 6, 5);
    RealVector v = vector();
    try (ProjectionTracker tracker = tracker(5, NEVER_TOO_LARGE)) {
      double errors = 0;
      double estimates = 0;
      double left = 0;
      double stale = 0;
      RealMatrix last = null;
      for (int t = 0; t <= 60; t++) {
        SymmetricMatrix now = operator.at(t);
        int before = tracker.corrections();
        Matrix found = basis(tracker, now, v);
        Orthonormality.require(found, 1e-14);
        RealMatrix basis = real(found);
        RealMatrix exact = RotatingOperator.first(now, 5);
        if (tracker.corrections() > before) {
          errors += Math.abs(share(basis, v) - share(exact, v));
          estimates += tracker.estimate();
          left += projected(basis, v).subtract(projected(exact, v)).getNorm();
          stale += projected(last, v).subtract(projected(exact, v)).getNorm();
        } else {
          last = exact;
        }
      }
      assertThat(errors).isPositive().isLessThan(estimates);
      assertThat(left).isLessThan(0.1 * stale);
    }
  }

  /** Residuals by the dense operator, at the vectors that are told. */
  @Test
  void tellsThePairsThatItMeasuredToTheTolerance() {
    RotatingOperator operator = turning(0.01, 10, 9, 8, 6, 5);
    try (ProjectionTracker tracker = tracker(5, 0)) {
      for (int t = 0; t <= 10; t++) {
        SymmetricMatrix now = operator.at(t);
        basis(tracker, now, vector());
        Eigenspace found = tracker.measured().orElseThrow();
        // Rounding of the dense product, in units of the largest eigenvalue.
        assertThat(found.residuals()).containsExactly(now.residuals(found), within(1e-14));
        assertThat(found.residual(5)).isLessThanOrEqualTo(1e-6);
      }
    }
  }

  @Test
  void tellsNoPairsWhereTheProjectionOfTheVectorWasAllItNeeded() {
    RotatingOperator operator = turning(0.003, 10, 9, 8, 6, 5);
    int empty = 0;
    try (ProjectionTracker tracker = tracker(5, 1e-2)) {
      for (int t = 0; t <= 30; t++) {
        int before = tracker.refreshes();
        basis(tracker, operator.at(t), vector());
        if (tracker.refreshes() == before) {
          assertThat(tracker.measured()).isEmpty();
          empty++;
        }
        tracker.measured().ifPresent(it -> assertThat(it.residual(5)).isLessThanOrEqualTo(1e-6));
      }
    }
    assertThat(empty).isPositive();
  }

  static Stream<Arguments> hardSpectra() {
    double[] indefinite = spectrum(10, 8, 7, 6);
    indefinite[53] = -9;
    double[] zeros = new double[N];
    System.arraycopy(new double[] {3, 2, 1, 1}, 0, zeros, 0, 4);
    double[] huge = Arrays.stream(spectrum(10, 8, 7, 6)).map(x -> 1e12 * x).toArray();
    double[] tiny = Arrays.stream(spectrum(10, 8, 7, 6)).map(x -> 1e-12 * x).toArray();
    double[] fewer = Arrays.stream(spectrum()).map(x -> -1 - x).toArray();
    System.arraycopy(new double[] {10, 6, 2, -0.1}, 0, fewer, 0, 4);
    return Stream.of(
        Arguments.of("repeated", 4, spectrum(6, 6, 6, 6)),
        Arguments.of("zeros elsewhere", 4, zeros),
        Arguments.of("indefinite", 4, indefinite),
        Arguments.of("huge", 4, huge),
        Arguments.of("tiny", 4, tiny),
        Arguments.of("one tracker", 1, spectrum(10, 8, 7, 6)),
        Arguments.of("a negative tracker", 4, fewer),
        Arguments.of("within a cluster", 2, spectrum(10, 6, 6 - 1e-6, 6 - 2e-6)),
        Arguments.of("nothing at all", 2, new double[N]),
        Arguments.of("every tracker", N, spectrum(10, 8, 7, 6)));
  }

  /**
   * Whatever the spectrum, a basis is orthonormal, and holds as much of it as the leading vectors
   * of a dense solver but for what turning takes: at most sin²(20ω) = 1.6e-3 of the spread for each
   * tracker, after the 20 steps that a basis may go without a refresh. That holds inside a cluster
   * too, where the space itself and so χ mean nothing.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("hardSpectra")
  void holdsWhatADenseSolverFinds(String name, int rank, double[] values) {
    RotatingOperator operator =
        new RotatingOperator(SymmetricMatrix.orthogonal(N, 3), t -> values, 0.002);
    try (ProjectionTracker tracker = tracker(rank, NEVER_TOO_LARGE)) {
      for (int t = 0; t <= 25; t++) {
        SymmetricMatrix now = operator.at(t);
        Matrix found = basis(tracker, now, vector());
        Orthonormality.require(found, 1e-13);
        RealMatrix basis = real(found);
        double trace = basis.transposeMultiply(now.entries()).multiply(basis).getTrace();
        DenseEigen dense = DenseEigen.of(SymmetricMatrix.host(now.entries()).values(), N, LARGEST);
        double best = Arrays.stream(dense.values()).limit(rank).sum();
        double spread = dense.values()[0] - dense.smallest();
        assertThat(trace).isBetween(best - (1.6e-3 * rank + 1e-6) * spread, best + 1e-9 * spread);
      }
    }
  }

  @Test
  void takesTwoProductsAStepAndTwentyCorrectionsARefresh() {
    RotatingOperator operator = turning(0.001, 10, 9, 8, 6, 5);
    try (ProjectionTracker tracker = tracker(5, NEVER_TOO_LARGE)) {
      basis(tracker, operator.at(0), vector());
      long first = tracker.products();
      for (int t = 1; t <= 42; t++) {
        basis(tracker, operator.at(t), vector());
      }
      assertThat(tracker.refreshes()).isEqualTo(3);
      assertThat(tracker.coldSolves()).isEqualTo(1);
      assertThat(tracker.corrections()).isEqualTo(40);
      // a refresh is at most four power steps
      assertThat(tracker.products() - first).isBetween(80L + 2 * 5, 80L + 2 * 4 * 5);
    }
  }

  @Test
  void refreshesEveryTimeWhereNoErrorIsAllowed() {
    RotatingOperator operator = turning(0.001, 10, 9, 8, 6, 5);
    try (ProjectionTracker tracker = tracker(5, 0)) {
      for (int t = 0; t <= 5; t++) {
        basis(tracker, operator.at(t), vector());
      }
      assertThat(tracker.refreshes()).isEqualTo(6);
      assertThat(tracker.corrections()).isZero();
    }
  }

  /** Steps forty times as large: what a correction changes tells at once, and a refresh follows. */
  @Test
  void refreshesWhereTheSpaceJumps() {
    RotatingOperator operator = turning(0.001, 10, 9, 8, 6, 5);
    try (ProjectionTracker tracker = tracker(5, 1e-4)) {
      for (int t = 0; t <= 5; t++) {
        basis(tracker, operator.at(t), vector());
      }
      assertThat(tracker.refreshes()).isEqualTo(1);
      SymmetricMatrix jumped = operator.at(300);
      RealMatrix basis = real(basis(tracker, jumped, vector()));
      assertThat(tracker.refreshes()).isEqualTo(2);
      // a refresh to 30 times the tolerance of 1e-6 before its last power step, at a gap of 4
      assertThat(share(basis, vector()))
          .isCloseTo(share(RotatingOperator.first(jumped, 5), vector()), within(1e-3));
    }
  }

  /** The sharpness doubles within one step: values are one step old, the space is the same. */
  @Test
  void bearsThatTheSharpnessJumps() {
    RotatingOperator operator =
        new RotatingOperator(
            SymmetricMatrix.orthogonal(N, 5), t -> spectrum(t < 5 ? 10 : 20, 9, 8, 6, 5), 0.001);
    try (ProjectionTracker tracker = tracker(5, NEVER_TOO_LARGE)) {
      double errors = 0;
      double estimates = 0;
      for (int t = 0; t <= 15; t++) {
        SymmetricMatrix now = operator.at(t);
        RealMatrix basis = real(basis(tracker, now, vector()));
        errors +=
            Math.abs(share(basis, vector()) - share(RotatingOperator.first(now, 5), vector()));
        estimates += tracker.estimate();
      }
      // one of five values is wrong by its own size, until the refresh
      assertThat(errors).isLessThan(2 * estimates);
    }
  }

  /**
   * An eigenvalue rises from outside past the last tracker: the vector, which lies there, meets it.
   */
  @Test
  void noticesACrossingThatTheVectorMeets() {
    RealMatrix vectors = SymmetricMatrix.orthogonal(N, 6);
    RotatingOperator operator =
        new RotatingOperator(
            vectors,
            t -> {
              double[] values = spectrum(10, 8, 7, 6);
              values[20] = 4 + 0.5 * t;
              return values;
            },
            0);
    RealVector v = vectors.getColumnVector(20).add(vectors.getColumnVector(0));
    try (ProjectionTracker tracker = tracker(4, NEVER_TOO_LARGE)) {
      for (int t = 0; t <= 8; t++) {
        SymmetricMatrix now = operator.at(t);
        RealMatrix basis = real(basis(tracker, now, v));
        boolean crossing = t == 4;
        if (!crossing) {
          double exact = share(now.leadingVectors(4, LARGEST), v);
          assertThat(share(basis, v)).isCloseTo(exact, within(1e-3));
        }
      }
      assertThat(tracker.coldSolves()).isGreaterThan(1);
    }
  }

  @Test
  void goesOnFromASnapshot() {
    RotatingOperator operator = turning(0.001, 10, 9, 8, 6, 5);
    try (ProjectionTracker first = tracker(5, 1e-2);
        ProjectionTracker one = tracker(5, 1e-2);
        ProjectionTracker other = tracker(5, 1e-2)) {
      basis(first, operator.at(0), vector());
      basis(first, operator.at(1), vector());
      assertThat(first.corrections()).isOne();
      TrackedSpace known =
          first.snapshot(new DenseOperator(operator.at(1), scope), scope.matrix(N, 1));
      assertThat(first.refreshes()).isEqualTo(2); // a corrected basis is not the space
      one.startFrom(known);
      other.startFrom(known);
      for (int t = 1; t <= 5; t++) {
        double[] expected = basis(one, operator.at(t), vector()).toDoubles();
        assertThat(basis(other, operator.at(t), vector()).toDoubles()).containsExactly(expected);
      }
      assertThat(one.coldSolves()).isZero();
    }
  }
}
