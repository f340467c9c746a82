package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.eigensweep.array.InUse;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forecasts of one vector in a plane, written down; and what they hold. */
class BasisForecastWeightsTest extends OnFloat64Device {
  private static final int N = 5;
  private static final int M = BasisForecast.REMEMBERED;

  private final Random random = new Random(3);

  private static double[] unit(double angle) {
    double[] vector = new double[N];
    vector[0] = Math.cos(angle);
    vector[1] = Math.sin(angle);
    return vector;
  }

  /** A point with a coordinate along the latest vector, and anything across it. */
  private Matrix point(double coordinate) {
    double[] point = random.doubles(N, -9, 9).toArray();
    point[0] = coordinate;
    return AxisPairs.matrix(scope, N, point);
  }

  private double[] at(BasisForecast forecast, double coordinate) {
    Matrix out = AxisPairs.matrix(scope, N, random.doubles(N).toArray());
    forecast.at(point(coordinate), out);
    return out.toDoubles();
  }

  /**
   * Ridge regression in one dimension: with x the coordinates' distances from their mean and τ that
   * of the point's, the weight of each is 1/m + xτ/(Σx² + 0.01·Σx²/m). Vectors come with any sign.
   */
  @ParameterizedTest
  @ValueSource(doubles = {3, -1, 100})
  void weighsEarlierSpacesByRidgeRegression(double mean) {
    double[] coordinates = random.doubles(M, -1, 1).toArray();
    double[] angles = random.doubles(M, -0.05, 0.05).toArray();
    angles[M - 1] = 0;
    try (BasisForecast forecast = new BasisForecast(device)) {
      for (int i = 0; i < M; i++) {
        int sign = random.nextBoolean() ? 1 : -1;
        double[] vector = Arrays.stream(unit(angles[i])).map(x -> sign * x).toArray();
        if (i == M - 1) {
          vector = unit(0);
        }
        forecast.remember(point(mean + coordinates[i]), AxisPairs.matrix(scope, N, vector));
      }
      double middle = Arrays.stream(coordinates).average().orElseThrow();
      double square = Arrays.stream(coordinates).map(c -> (c - middle) * (c - middle)).sum();
      double here = 0.3;
      double[] expected = new double[N];
      for (int i = 0; i < M; i++) {
        double share = (coordinates[i] - middle) * (here - middle) / (square * (1 + 0.01 / M));
        for (int j = 0; j < 2; j++) {
          expected[j] += (1.0 / M + share) * unit(angles[i])[j];
        }
      }
      // points of up to 100 are rounded at 1e-14, and weights with them
      assertThat(at(forecast, mean + here)).containsExactly(expected, within(1e-13));
    }
  }

  /**
   * At the mean of the points all weights are equal. So seven vectors at an angle a forecast one at
   * φ with 7·sin(a − φ) = sin φ, which is taken up to 15 degrees.
   */
  @Test
  void isTheLatestSpaceWhereTheForecastLiesFarFromIt() {
    double near = Math.toRadians(14.99);
    double far = Math.toRadians(15.01);
    double[] forecast = afterAJump(near + Math.asin(Math.sin(near) / 7));
    assertThat(Math.atan2(forecast[1], forecast[0])).isCloseTo(near, within(1e-12));
    assertThat(afterAJump(far + Math.asin(Math.sin(far) / 7))).containsExactly(unit(0));
    assertThat(afterAJump(Math.toRadians(89))).containsExactly(unit(0));
  }

  private double[] afterAJump(double angle) {
    try (BasisForecast forecast = new BasisForecast(device)) {
      for (int i = 0; i < M; i++) {
        double[] vector = unit(i < M - 1 ? angle : 0);
        forecast.remember(point(i - (M - 1) / 2.0), AxisPairs.matrix(scope, N, vector));
      }
      return at(forecast, 0);
    }
  }

  @Test
  void holdsEightSpacesAndLetsThemGo() {
    long before = InUse.bytes(device);
    BasisForecast forecast = new BasisForecast(device);
    Matrix point = point(1);
    Matrix vector = AxisPairs.matrix(scope, N, unit(0));
    long callers = InUse.bytes(device) - before;
    for (int i = 0; i < 3 * M; i++) {
      forecast.remember(point, vector);
    }
    assertThat(InUse.bytes(device) - before).isEqualTo((M + 1) * callers);
    forecast.close();
    assertThat(InUse.bytes(device) - before).isEqualTo(callers);
    assertThat(forecast.ready()).isFalse();
  }
}
