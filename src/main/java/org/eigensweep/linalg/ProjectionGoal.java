package org.eigensweep.linalg;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/**
 * Asks that the projection of one vector be right. It looks where that is decided: where the
 * vector's projection moves to, where what lies outside the space leads, along what the vector has
 * outside the basis, and along the worst residual.
 */
final class ProjectionGoal implements Goal {
  /** How far a residual is driven below the tolerance where the error stays too large: no gap. */
  private static final double FLOOR = 0.1;

  /** Residuals above the tolerance by this factor mean that the space itself is not held. */
  private static final double HELD = 10;

  /**
   * Residuals above this share of the gap behind the space mean that pairs inside and outside may
   * have changed places.
   */
  private static final double APART = 0.05;

  private final int k;
  private final Matrix vector;
  private final ErrorMeasure measure;
  private final double allowed;
  private final double tolerance;
  private final WarmStart start;
  private ProjectionError error;

  ProjectionGoal(
      SolverSettings settings,
      Matrix vector,
      ErrorMeasure measure,
      double allowed,
      WarmStart start) {
    this.k = settings.pairs();
    this.vector = vector;
    this.measure = measure;
    this.allowed = allowed;
    this.tolerance = settings.tolerance();
    this.start = start;
  }

  @Override
  public boolean reached(RitzPairs ritz) {
    if (allowed == 0) {
      return whole().reached(ritz);
    }
    double residual = ritz.residual(k);
    return ritz.isApart(k, tolerance)
        && (residual <= FLOOR * tolerance
            || (residual <= held(ritz) && measure.of(error(ritz)) <= allowed));
  }

  /**
   * The residual with which the space is held. The first eigenvalue outside may be above the
   * guard's value by the guard's residual.
   */
  private double held(RitzPairs ritz) {
    if (ritz.dimension() == k) {
      return HELD * tolerance;
    }
    double apart = APART * (ritz.gap(k) - ritz.residuals()[k]);
    return Math.max(tolerance, Math.min(HELD * tolerance, apart));
  }

  private ProjectionError error(RitzPairs ritz) {
    return ProjectionError.of(ritz, k, vector, pair -> start.closing().kept(ritz, pair));
  }

  @Override
  public void took(RitzPairs ritz) {
    error = error(ritz);
  }

  /** The space is held to the tolerance; without a gap behind it, it is defined no better. */
  @Override
  public boolean bearable(RitzPairs ritz) {
    return whole().reached(ritz);
  }

  private ResidualGoal whole() {
    return new ResidualGoal(k, tolerance);
  }

  /** The error by estimate, of the pairs that were taken. */
  double estimate() {
    return measure.of(error);
  }

  /** The first eigenvalue outside, of the pairs that were taken. */
  double edge() {
    return error.edge();
  }

  @Override
  public Matrix directions(RitzPairs ritz, int most, Scope owner) {
    if (allowed == 0) {
      return whole().directions(ritz, most, owner);
    }
    double held = held(ritz);
    if (ritz.residual(k) > held || !ritz.isApart(k, tolerance)) {
      return new ResidualGoal(k, held).directions(ritz, most, owner);
    }
    Device device = vector.device();
    Matrix directions = owner.matrix(vector.rows(), Math.min(4, most));
    try (Scope scope = device.open()) {
      int d = ritz.dimension();
      Matrix block = scope.matrix(vector.rows(), d);
      Matrix shares = scope.matrix(d, 1);
      ritz.vectors(block);
      device.gemm(YES, NO, 1, block, vector, 0, shares);
      ritz.defects(block);
      for (int j = 0; j < directions.columns(); j++) {
        Matrix direction = directions.column(j);
        switch (j) {
          case 0 -> combine(block.columns(0, k), shares.view(0, k, 1), direction);
          case 1 -> combine(block.columns(k, d - k), shares.view(k, d - k, 1), direction);
          case 2 -> {
            device.copy(vector, direction);
            Orthonormalizer.project(direction, ritz.basis());
          }
          default -> ritz.defects(ritz.worst(k, 1), direction);
        }
      }
    }
    return directions;
  }

  private static void combine(Matrix block, Matrix weights, Matrix out) {
    out.device().gemm(NO, NO, 1, block, weights, 0, out);
  }
}
