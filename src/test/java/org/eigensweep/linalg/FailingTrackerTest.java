package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.InUse;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever product of a tracker fails: closing the tracker leaves nothing on the device. */
class FailingTrackerTest {
  private static final int N = 60;

  /** More than a forecast rests on. */
  private static final int STEPS = 2 * BasisForecast.REMEMBERED;

  private static final SolverSettings SETTINGS = new SolverSettings(3, 1e-4, Which.LARGEST, 400);

  private final Device device = Devices.processor().open(Precision.FLOAT64, 1);

  @AfterEach
  void close() {
    device.close();
  }

  private enum Tracking {
    WHOLE {
      @Override
      void run(LinearOperator operator, Matrix point, Matrix vector) {
        try (SubspaceTracker tracker =
            new SubspaceTracker(operator.device(), SETTINGS, new SplittableRandom(1))) {
          for (int step = 0; step < STEPS; step++) {
            tracker.refresh(operator, point);
          }
          tracker.restart(operator, new ResidualGoal(SETTINGS.pairs(), SETTINGS.tolerance()));
        }
      }
    },
    PROJECTION {
      @Override
      void run(LinearOperator operator, Matrix point, Matrix vector) {
        try (ProjectionTracker tracker =
            new ProjectionTracker(operator.device(), SETTINGS, 0.01, new SplittableRandom(1))) {
          for (int step = 0; step < STEPS; step++) {
            tracker.follow(operator, point, vector, ErrorMeasure.ALIGNMENT);
          }
          tracker.snapshot(operator, point);
        }
      }
    };

    abstract void run(LinearOperator operator, Matrix point, Matrix vector);
  }

  static Stream<Arguments> cases() {
    return Stream.of(Tracking.values())
        .flatMap(
            tracking ->
                Stream.of(FailingOperator.Failure.values())
                    .map(failure -> Arguments.of(tracking, failure)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leavesNoStorage(Tracking tracking, FailingOperator.Failure failure) {
    try (Scope scope = device.open()) {
      double[] values = IntStream.range(0, N).mapToDouble(i -> 10.0 / (i + 1)).toArray();
      LinearOperator operator = new DiagonalOperator(values, scope);
      Matrix point = scope.zeros(N, 1);
      Matrix vector = scope.matrix(N, 1);
      vector.write(values);
      long before = InUse.bytes(device);
      FailingOperator counting = new FailingOperator(operator, 0, failure);
      tracking.run(counting, point, vector);
      assertThat(InUse.bytes(device)).isEqualTo(before);
      for (int n = 1; n <= counting.calls(); n++) {
        FailingOperator failing = new FailingOperator(operator, n, failure);
        assertThatThrownBy(() -> tracking.run(failing, point, vector))
            .as("product %d of %d", n, counting.calls())
            .isInstanceOf(NotFiniteException.class);
        assertThat(InUse.bytes(device))
            .as("after product %d of %d", n, counting.calls())
            .isEqualTo(before);
      }
    }
  }
}
