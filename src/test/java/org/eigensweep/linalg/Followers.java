package org.eigensweep.linalg;

import java.util.Random;
import java.util.SplittableRandom;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.linalg.Follower.Answer;
import org.eigensweep.linalg.Follower.Counts;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** Opens the solver that a case is about. */
interface Followers {
  /** The project's own solvers. */
  Followers REAL =
      (given, device) ->
          switch (given.subject()) {
            case SOLVE -> new Solving(given);
            case TRACK -> new Tracking(given, device);
            case PROJECT -> new Projecting(given, device);
            case ORTHONORMALIZE -> new Orthonormalizing(given);
          };

  Follower open(GeneratedCase given, Device device);

  private static Follower.Pairs pairs(Eigenspace space, Counts counts) {
    return new Follower.Pairs(
        space.vectors().toDoubles(),
        space.values(),
        space.residuals(),
        space.products(),
        space.stop(),
        counts);
  }

  private static Matrix column(double[] values, Scope scope) {
    Matrix column = scope.matrix(values.length, 1);
    column.write(values);
    return column;
  }

  /** Every operator from scratch. */
  final class Solving implements Follower {
    private final ThickRestartLanczos solver;
    private long products;
    private int solves;

    Solving(GeneratedCase given) {
      solver = new ThickRestartLanczos(given.settings(), new SplittableRandom(given.seed()));
    }

    @Override
    public Answer meet(LinearOperator operator, GeneratedSequence.Step step, Scope scope) {
      Eigenspace found = solver.solve(operator, scope);
      products += found.products();
      solves++;
      return pairs(found, new Counts(products, solves, solves, 0));
    }

    @Override
    public void close() {}
  }

  /** By a tracker; with the points where they tell something. */
  final class Tracking implements Follower {
    private final GeneratedCase given;
    private final SubspaceTracker tracker;

    Tracking(GeneratedCase given, Device device) {
      this.given = given;
      this.tracker =
          new SubspaceTracker(device, given.settings(), new SplittableRandom(given.seed()));
    }

    @Override
    public Answer meet(LinearOperator operator, GeneratedSequence.Step step, Scope scope) {
      Eigenspace found =
          given.motion() == GeneratedCase.Motion.JITTER
              ? tracker.refresh(operator, column(step.point(), scope))
              : tracker.refresh(operator);
      return pairs(
          found, new Counts(tracker.products(), tracker.refreshes(), tracker.coldSolves(), 0));
    }

    @Override
    public void close() {
      tracker.close();
    }
  }

  /** By a tracker of projections. */
  final class Projecting implements Follower {
    private final ProjectionTracker tracker;
    private final ErrorMeasure measure;

    Projecting(GeneratedCase given, Device device) {
      this.tracker =
          new ProjectionTracker(
              device, given.settings(), given.error(), new SplittableRandom(given.seed()));
      this.measure =
          given.rate() == 0 ? ErrorMeasure.ALIGNMENT : ErrorMeasure.ofUpdate(given.learningRate());
    }

    @Override
    public Answer meet(LinearOperator operator, GeneratedSequence.Step step, Scope scope) {
      Matrix point = column(step.point(), scope);
      tracker.follow(operator, point, column(step.vector(), scope), measure);
      return new Basis(
          tracker.basis().toDoubles(),
          new Counts(
              tracker.products(),
              tracker.refreshes(),
              tracker.coldSolves(),
              tracker.corrections()));
    }

    @Override
    public void close() {
      tracker.close();
    }
  }

  /**
   * Makes products with random blocks orthonormal. Their last column is zero for direction ZERO,
   * and the first once more for LAST.
   */
  final class Orthonormalizing implements Follower {
    private final GeneratedCase given;
    private final Orthonormalizer orthonormalizer;
    private final Random random;
    private long products;

    Orthonormalizing(GeneratedCase given) {
      this.given = given;
      this.orthonormalizer = new Orthonormalizer(new SplittableRandom(given.seed()));
      this.random = new Random(given.seed());
    }

    @Override
    public Answer meet(LinearOperator operator, GeneratedSequence.Step step, Scope scope) {
      int n = given.n();
      int m = given.pairs();
      Matrix start = scope.matrix(n, m);
      start.write(random.doubles((long) n * m, -1, 1).toArray());
      Matrix block = scope.matrix(n, m);
      operator.apply(start, block);
      products += m;
      if (step.notFinite() >= 0) {
        // what is not finite stays where it is
      } else if (given.direction() == GeneratedCase.Direction.ZERO) {
        operator.device().fill(0, block.column(m - 1));
      } else if (given.direction() == GeneratedCase.Direction.LAST) {
        operator.device().copy(block.column(0), block.column(m - 1));
      }
      double[] before = block.toDoubles();
      Matrix basis = basis(step, scope);
      orthonormalizer.orthonormalize(block, basis);
      return new Block(
          before,
          basis == null ? new double[0] : basis.toDoubles(),
          block.toDoubles(),
          new Counts(products, 0, 0, 0));
    }

    /** The eigenvectors of the first slots, orthonormal on the device; null for none. */
    private Matrix basis(GeneratedSequence.Step step, Scope scope) {
      if (given.basis() == 0) {
        return null;
      }
      RealMatrix vectors = MatrixUtils.createRealMatrix(given.n(), given.basis());
      for (int j = 0; j < given.basis(); j++) {
        vectors.setColumn(j, step.matrix().vectors().getColumn(j));
      }
      return scope.copyOf(SymmetricMatrix.host(vectors));
    }

    @Override
    public void close() {}
  }
}
