package org.eigensweep.bench;

import static org.eigensweep.array.Transpose.NO;
import static org.eigensweep.array.Transpose.YES;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.linalg.LinearOperator;
import org.eigensweep.linalg.ProjectionTracker;
import org.eigensweep.linalg.SubspaceTracker;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/** A way to follow the dominant space, and how far from a reference it was. */
final class FrontierMethod implements AutoCloseable {
  static final String HEADING =
      "method                  products/step  |chi error|    largest   Pg error/|g|  angle  largest"
          + "  compared";

  /** Finds a basis for a vector at a step. */
  private interface Follower {
    Matrix basis(int step, LinearOperator operator, Matrix vector);
  }

  private final String name;
  private final Follower follower;
  private final LongSupplier products;
  private final Runnable release;
  private long first;
  private int steps;
  private int compared;
  private double sumChi;
  private double largestChi;
  private double sumProjection;
  private double sumAngle;
  private double largestAngle;

  private FrontierMethod(String name, Follower follower, LongSupplier products, Runnable release) {
    this.name = name;
    this.follower = follower;
    this.products = products;
    this.release = release;
  }

  /** A refresh every few steps and nothing in between. */
  static FrontierMethod stale(SubspaceTracker tracker, int every) {
    Matrix[] basis = new Matrix[1];
    return new FrontierMethod(
        "refreshed every " + every,
        (step, operator, vector) -> {
          if (step % every == 0) {
            basis[0] = tracker.refresh(operator).vectors();
          }
          return basis[0];
        },
        tracker::products,
        tracker::close);
  }

  /** Corrections within an error, for the gradient. */
  static FrontierMethod projection(Device device, SubspaceTracker tracker, int rank, double error) {
    ProjectionTracker projection =
        new ProjectionTracker(device, tracker, rank, error, new SplittableRandom(3));
    return new FrontierMethod(
        "error = " + error,
        (step, operator, vector) -> projection.basisFor(operator, vector),
        () -> tracker.products() + projection.products(),
        () -> {
          projection.close();
          tracker.close();
        });
  }

  Matrix basis(int step, LinearOperator operator, Matrix vector) {
    Matrix basis = follower.basis(step, operator, vector);
    if (step == 0) {
      first = products.getAsLong();
    }
    steps = step;
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
        "%-22s %14.2f %12.1e %10.1e %14.1e %6.0e %8.0e %9d",
        name,
        (products.getAsLong() - first) / (double) Math.max(1, steps),
        sumChi / compared,
        largestChi,
        sumProjection / compared,
        sumAngle / compared,
        largestAngle,
        compared);
  }
}
