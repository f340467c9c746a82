package org.eigensweep.bench;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.linalg.ErrorMeasure;
import org.eigensweep.linalg.LinearOperator;
import org.eigensweep.linalg.ProjectionTracker;
import org.eigensweep.linalg.SubspaceTracker;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/** A way to follow the dominant space, and how far from a reference it was. */
final class FrontierMethod implements AutoCloseable {
  static final String HEADING =
      "method                       products/step  |chi error|    largest   over allowed"
          + "  Pg error/|g|    angle  largest  compared";

  /** Finds a basis for a vector at a step. */
  private interface Follower {
    Matrix basis(int step, LinearOperator operator, Matrix point, Matrix vector);
  }

  private final String name;
  private final double allowed;
  private final Follower follower;
  private final LongSupplier products;
  private final Runnable release;
  private Matrix basis;
  private long first;
  private int steps;
  private int compared;
  private double sumChi;
  private double largestChi;
  private double sumProjection;
  private double sumAngle;
  private double largestAngle;

  private FrontierMethod(
      String name, double allowed, Follower follower, LongSupplier products, Runnable release) {
    this.name = name;
    this.allowed = allowed;
    this.follower = follower;
    this.products = products;
    this.release = release;
  }

  /** A refresh every few steps and nothing in between. */
  static FrontierMethod stale(SubspaceTracker tracker, int every) {
    Matrix[] latest = new Matrix[1];
    return new FrontierMethod(
        "refreshed every " + every,
        0,
        (step, operator, point, vector) -> {
          if (step % every == 0) {
            latest[0] = tracker.refresh(operator, point).vectors();
          }
          return latest[0];
        },
        tracker::products,
        tracker::close);
  }

  /** As a trajectory projects and watches alignment. */
  static FrontierMethod projection(double error, double tolerance, ProjectionTracker tracker) {
    return new FrontierMethod(
        "error %s, tolerance %s".formatted(error, tolerance),
        error,
        (step, operator, point, vector) -> {
          tracker.follow(operator, point, vector, ErrorMeasure.ALIGNMENT);
          return tracker.basis();
        },
        tracker::products,
        tracker::close);
  }

  void follow(int step, LinearOperator operator, Matrix point, Matrix vector) {
    basis = follower.basis(step, operator, point, vector);
    if (step == 0) {
      first = products.getAsLong();
    }
    steps = step;
  }

  Matrix basis() {
    return basis;
  }

  void compare(Matrix basis, Matrix exact, Matrix vector) {
    Device device = vector.device();
    try (Scope scope = device.open()) {
      double length = device.norm(vector);
      Matrix outside = copy(vector, scope);
      Frontier.takeOut(basis, outside);
      Matrix right = copy(vector, scope);
      Frontier.takeOut(exact, right);
      double chi = Math.sqrt(1 - square(device.norm(outside) / length));
      double exactChi = Math.sqrt(1 - square(device.norm(right) / length));
      device.axpy(-1, right, outside);
      Matrix missed = copy(exact, scope);
      Frontier.takeOut(basis, missed);
      add(Math.abs(chi - exactChi), device.norm(outside) / length, spectralNorm(missed, scope));
    }
  }

  private void add(double chi, double projection, double angle) {
    compared++;
    sumChi += chi;
    largestChi = Math.max(largestChi, chi);
    sumProjection += projection;
    sumAngle += angle;
    largestAngle = Math.max(largestAngle, angle);
  }

  /** The sine of the largest principal angle: ‖missed‖₂, by the squares of its singular values. */
  private static double spectralNorm(Matrix missed, Scope scope) {
    int k = missed.columns();
    Matrix gram = scope.matrix(k, k);
    missed.device().gemm(YES, NO, 1, missed, missed, 0, gram);
    double[] values = gram.toDoubles();
    RealMatrix squares = MatrixUtils.createRealMatrix(k, k);
    for (int i = 0; i < k * k; i++) {
      squares.setEntry(i % k, i / k, values[i]);
    }
    return Math.sqrt(new SingularValueDecomposition(squares).getNorm());
  }

  private static Matrix copy(Matrix matrix, Scope scope) {
    Matrix copy = scope.matrix(matrix.rows(), matrix.columns());
    matrix.device().copy(matrix, copy);
    return copy;
  }

  private static double square(double x) {
    return x * x;
  }

  @Override
  public void close() {
    release.run();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-28s %13.2f %12.1e %10.1e %14s %13.1e %8.1e %8.1e %9d",
        name,
        (products.getAsLong() - first) / (double) Math.max(1, steps),
        sumChi / compared,
        largestChi,
        allowed == 0 ? "" : String.format(Locale.ROOT, "%.2f", largestChi / allowed),
        sumProjection / compared,
        sumAngle / compared,
        largestAngle,
        compared);
  }
}
