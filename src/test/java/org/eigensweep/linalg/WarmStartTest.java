package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.linalg.Which.LARGEST;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.array.InUse;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.OnFloat64Device;
import org.eigensweep.array.Scope;
import org.junit.jupiter.api.Test;

/** What a refresh starts from: what was found, one step on, or a forecast. */
class WarmStartTest extends OnFloat64Device {
  private static final int N = 30;
  private static final SolverSettings SETTINGS = new SolverSettings(2, 1e-3, LARGEST, 100);

  private WarmStart start() {
    return new WarmStart(device, SETTINGS, new Orthonormalizer(new SplittableRandom(1)));
  }

  /** The first three axes, of which the first leads outside. */
  private RitzPairs found() {
    return AxisPairs.of(
        scope, N, LARGEST, 3, new double[] {8, 4, 1}, new double[] {0.5}, new double[] {0, 0.5});
  }

  /** Numbers of steps begin at 0, and again with a snapshot, or where one is taken up. */
  @Test
  void goesOnByOneClosingStepAfterAnother() {
    try (WarmStart start = start();
        WarmStart other = start()) {
      assertThat(start.isKnown()).isFalse();
      start.reach(-3);
      for (long number = 0; number < 3; number++) {
        Matrix vectors = start.advance(found());
        requireStep(start, number);
        double[] axes = new double[2 * N];
        axes[0] = 1;
        axes[N + 1] = 1;
        assertThat(AxisPairs.absolute(vectors)).containsExactly(axes);
      }
      TrackedSpace known = start.snapshot(60);
      assertThat(known.lowest()).isEqualTo(-3);
      assertThat(known.patience()).isEqualTo(60);
      start.advance(found());
      requireStep(start, 0);
      other.advance(found());
      other.take(known);
      assertThat(other.basis().toDoubles()).containsExactly(known.basis().whole().toDoubles());
      other.advance(found());
      requireStep(other, 0);
    }
  }

  private void requireStep(WarmStart start, long number) {
    Orthonormalizer unused = new Orthonormalizer(new SplittableRandom(2));
    Matrix expected = new ClosingStep(SETTINGS, -3).advanced(found(), number, unused, scope);
    assertThat(start.basis().toDoubles()).containsExactly(expected.toDoubles());
    assertThat(start.space().toDoubles()).containsExactly(expected.columns(0, 2).toDoubles());
    assertThat(start.lowest()).isEqualTo(-3);
  }

  /** What a solve from scratch starts from where tracking was lost. */
  @Test
  void sumsWhatIsKnown() {
    try (WarmStart start = start()) {
      start.advance(found());
      double[] columns = start.basis().toDoubles();
      double[] sum = new double[N];
      Arrays.setAll(sum, i -> columns[i] + columns[i + N] + columns[i + 2 * N]);
      Matrix out = scope.matrix(N, 1);
      start.sum(out);
      assertThat(out.toDoubles()).containsExactly(sum);
    }
  }

  @Test
  void remembersHowFarTheSpectrumReachesDown() {
    try (WarmStart start = start()) {
      assertThat(start.lowest()).isZero();
      start.reach(5);
      assertThat(start.lowest()).isZero();
      start.reach(-2);
      start.reach(-1);
      assertThat(start.lowest()).isEqualTo(-2);
      start.reachAnew(-1);
      assertThat(start.lowest()).isEqualTo(-1);
      start.reachAnew(3);
      assertThat(start.lowest()).isZero();
    }
  }

  /**
   * Eight spaces, of which the first vector is turned by ±0.1. At the mean of their points all
   * count the same: their mean is that of the axes, whichever was the latest.
   */
  @Test
  void movesToAForecastWhereItHasOne() {
    try (WarmStart start = start()) {
      follow(start, BasisForecast.REMEMBERED - 1);
      double[] latest = start.basis().toDoubles();
      assertThat(start.forecasts()).isFalse();
      start.moveTo(scope.zeros(N, 1));
      assertThat(start.basis().toDoubles()).containsExactly(latest);
      start.remember(point(-3.5));

      assertThat(start.forecasts()).isTrue();
      double[] axes = new double[3 * N];
      for (int i = 0; i < 3; i++) {
        axes[i * (N + 1)] = 1;
      }
      Matrix forecast = start.forecast(scope.zeros(N, 1), scope);
      assertThat(AxisPairs.absolute(forecast))
          .containsExactly(Arrays.copyOf(axes, 2 * N), within(1e-14));
      assertThat(start.basis().toDoubles()).containsExactly(latest);
      start.moveTo(scope.zeros(N, 1));
      assertThat(AxisPairs.absolute(start.basis())).containsExactly(axes, within(1e-14));
    }
  }

  @Test
  void handsOutCopiesOfItsBasis() {
    try (WarmStart start = start()) {
      start.advance(found());
      double[] basis = start.basis().toDoubles();
      try (Scope used = device.open()) {
        device.fill(Double.NaN, used.matrix(N, 3)); // storage that a copy may take over
      }
      Matrix copy = start.copy(scope);
      assertThat(copy.toDoubles()).containsExactly(basis);
      device.fill(0, copy);
      assertThat(start.basis().toDoubles()).containsExactly(basis);
    }
  }

  /** Meets some spaces at points with the coordinates 3.5, 2.5, ... */
  private void follow(WarmStart start, int spaces) {
    for (int t = 0; t <= spaces; t++) {
      double turned = t % 2 == 0 ? 0.1 : -0.1;
      double[] basis = new double[3 * N];
      basis[0] = Math.cos(turned);
      basis[3] = Math.sin(turned);
      basis[N + 1] = 1;
      basis[2 * N + 2] = 1;
      start.take(new TrackedSpace(new HostMatrix.Doubles(N, 3, basis), 0, 60));
      if (t < spaces) {
        start.remember(point(3.5 - t));
      }
    }
  }

  /** So long along the second vector, which never turns. */
  private Matrix point(double coordinate) {
    double[] point = new double[N];
    point[1] = coordinate;
    return AxisPairs.matrix(scope, N, point);
  }

  @Test
  void letsGoOfAllThatItHeld() {
    RitzPairs found = found();
    Matrix point = point(1);
    long before = InUse.bytes(device);
    WarmStart start = start();
    start.advance(found);
    long basis = InUse.bytes(device) - before;
    start.advance(found);
    assertThat(InUse.bytes(device) - before).isEqualTo(basis);
    for (int t = 0; t < BasisForecast.REMEMBERED; t++) {
      start.remember(point);
    }
    start.moveTo(point);
    assertThat(InUse.bytes(device) - before).isGreaterThan(basis);
    start.close();
    assertThat(InUse.bytes(device)).isEqualTo(before);
  }
}
