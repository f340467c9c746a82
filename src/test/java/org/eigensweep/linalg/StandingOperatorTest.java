package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An operator that does not change while the point moves, as the Hessian of a quadratic: what is
 * known of it becomes exact, and nothing may break on that.
 */
class StandingOperatorTest {
  /** What halves at each has then fallen to 1e-181, whose square is no number any more. */
  private static final int REFRESHES = 600;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1000, 1           | 1 | 1",
        "1000, 1           | 1 | 0.9",
        "1000, 1           | 2 | 0.9",
        "1, 0              | 1 | 0.5",
        "1, -1000          | 1 | 0.9",
        "5, 5, 1           | 1 | 0.9",
        "5, 5, 1           | 2 | 1",
        "5, 0, 0, 0        | 1 | 0.1",
        "9, 4, 1, 0, -3    | 2 | 1",
        "3                 | 1 | 0.5"
      })
  void isTrackedForLong(String spectrum, int pairs, double shrinks) {
    double[] values = Arrays.stream(spectrum.split(",")).mapToDouble(Double::parseDouble).toArray();
    SplittableRandom random = new SplittableRandom(4);
    try (Device device = Devices.processor().open(Precision.FLOAT64, 1);
        Scope scope = device.open();
        SubspaceTracker tracker =
            new SubspaceTracker(
                device,
                new SolverSettings(pairs, 1e-9, Which.LARGEST, 500),
                new SplittableRandom(8))) {
      DiagonalOperator operator = new DiagonalOperator(values, scope);
      Matrix point = scope.matrix(values.length, 1);
      double length = 1;
      for (int i = 0; i < REFRESHES; i++) {
        double size = length;
        point.write(random.doubles(values.length).map(x -> size * (x - 0.5)).toArray());
        length *= shrinks;
        Eigenspace space = tracker.refresh(operator, point);
        for (int j = 0; j < pairs; j++) {
          assertThat(space.values()[j])
              .as("refresh %d", i)
              .isCloseTo(values[j], within(1e-8 * Math.abs(values[j])));
        }
      }
    }
  }
}
