package org.eigensweep.linalg;

import java.util.List;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.MatrixKeeper;
import org.eigensweep.array.Scope;

/**
 * What a refresh starts from: the latest space, one power step on ({@link ClosingStep}), and the
 * guard behind it; or a forecast of the space, where enough is known for one ({@link
 * BasisForecast}).
 */
final class WarmStart implements AutoCloseable {
  private final Device device;
  private final SolverSettings settings;
  private final Orthonormalizer orthonormalizer;
  private final BasisForecast forecast;
  private Scope scope;
  private Matrix basis;

  /** Closing steps since the start or the latest snapshot, from which others count too. */
  private long steps;

  /** How far the spectrum reaches below zero, as a negative number; zero where not known. */
  private double lowest;

  WarmStart(Device device, SolverSettings settings, Orthonormalizer orthonormalizer) {
    this.device = device;
    this.settings = settings;
    this.orthonormalizer = orthonormalizer;
    this.forecast = new BasisForecast(device);
  }

  boolean isKnown() {
    return basis != null;
  }

  /** Starts from what another tracker knew. */
  void take(TrackedSpace known) {
    lowest = known.lowest();
    steps = 0;
    Scope next = device.open();
    adopt(next, next.copyOf(known.basis()));
  }

  /**
   * All that a tracker needs to go on from here.
   *
   * @param patience products that following may take
   */
  TrackedSpace snapshot(int patience) {
    steps = 0;
    return new TrackedSpace(basis.snapshot(), lowest, patience);
  }

  /** The same without a trace: this start goes on as if nothing had been asked. */
  TrackedSpace state(int patience, MatrixKeeper keeper) {
    return new TrackedSpace(keeper.keep(basis), lowest, patience);
  }

  /** Closing steps since the start or the latest snapshot. */
  long steps() {
    return steps;
  }

  /** What the forecast remembers, the oldest first. */
  List<SpaceAt> remembered(MatrixKeeper keeper) {
    return forecast.state(keeper);
  }

  /** Goes on from where another start was; this one must not know anything yet. */
  void restore(TrackedSpace known, long steps, List<SpaceAt> remembered) {
    take(known);
    this.steps = steps;
    forecast.restore(remembered);
  }

  /** The space, and behind it the guard: n × (pairs + 1), or n × n; orthonormal. */
  Matrix basis() {
    return basis;
  }

  /** A copy of the basis. */
  Matrix copy(Scope owner) {
    Matrix copy = owner.matrix(basis.rows(), basis.columns());
    device.copy(basis, copy);
    return copy;
  }

  /** out ← the sum of the basis, n × 1: a vector with as much of each as of another. */
  void sum(Matrix out) {
    device.fill(0, out);
    for (int j = 0; j < basis.columns(); j++) {
      device.axpy(1, basis.column(j), out);
    }
  }

  /**
   * The space, n × pairs; orthonormal. Its part outside the true space is smaller than the latest
   * result's by about λ_{pairs+1}/λ_i, for the power step beyond it.
   */
  Matrix space() {
    return basis.columns(0, settings.pairs());
  }

  /** Whether enough is known for a forecast. */
  boolean forecasts() {
    return forecast.ready();
  }

  /** An orthonormal basis of what the space is expected to be at a point, n × pairs. */
  Matrix forecast(Matrix point, Scope owner) {
    Matrix expected = owner.matrix(point.rows(), settings.pairs());
    forecast.at(point, expected);
    orthonormalizer.orthonormalize(expected);
    return expected;
  }

  /** Puts the forecast at a point in the place of the space, where there is one. */
  void moveTo(Matrix point) {
    if (forecasts()) {
      Scope next = device.open();
      Matrix expected = copy(next);
      forecast.at(point, expected.columns(0, settings.pairs()));
      orthonormalizer.orthonormalize(expected);
      adopt(next, expected);
    }
  }

  /** Remembers that the space is the one at a point. */
  void remember(Matrix point) {
    forecast.remember(point, space());
  }

  /**
   * Goes on to what was found.
   *
   * @param ritz the pairs, at least those of the settings
   * @return their vectors, n × pairs; owned by this and valid until it goes on again
   */
  Matrix advance(RitzPairs ritz) {
    Scope next = device.open();
    Matrix vectors = next.matrix(ritz.basis().rows(), settings.pairs());
    ritz.vectors(vectors);
    adopt(next, closing().advanced(ritz, steps++, orthonormalizer, next));
    return vectors;
  }

  /** The power step from a result to the next start. */
  ClosingStep closing() {
    return new ClosingStep(settings, lowest);
  }

  /** How far the spectrum was seen to reach below zero, as a negative number or zero. */
  double lowest() {
    return lowest;
  }

  /** Takes note of an eigenvalue that was seen. */
  void reach(double value) {
    lowest = Math.min(lowest, value);
  }

  /** Takes note of the lowest eigenvalue of a solve that saw all anew; what was known is over. */
  void reachAnew(double value) {
    lowest = Math.min(0, value);
  }

  private void adopt(Scope next, Matrix vectors) {
    if (scope != null) {
      scope.close();
    }
    scope = next;
    basis = vectors;
  }

  @Override
  public void close() {
    if (scope != null) {
      scope.close();
    }
    forecast.close();
  }
}
