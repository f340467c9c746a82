package org.eigensweep.linalg;

import java.util.Optional;
import org.eigensweep.linalg.Complaint.Promise;
import org.eigensweep.linalg.Follower.Answer;
import org.eigensweep.linalg.GeneratedCase.Direction;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Holds projections on tracked bases against those on the leading space. An error is what is left
 * beyond the {@link ProjectionBand} that the tolerance cannot tell apart.
 */
final class ProjectionJudge extends Judge {
  /**
   * What a single step may leave, over the error that is allowed in the mean: of a million steps
   * one left 18 times as much, where an estimate of at most 5 times was far too small.
   */
  private static final double SINGLE = 20;

  /**
   * Cosine of the angle from which as much as a quarter of a leading vector may lie outside all
   * that is known, unseen: see {@link RitzPairs#isApart}.
   */
  private static final double MOSTLY_OUTSIDE = 0.5;

  /** The last refresh: at which step, the how many-th, and the leading space there. */
  private record Refreshed(int step, int count, RealMatrix space) {}

  private double sum;
  private int judged;
  private int corrections;
  private Refreshed refreshed;
  private long products;

  /** Whether the leading space may be another one than a basis or the vector can tell. */
  private boolean unseen;

  ProjectionJudge(GeneratedCase given) {
    super(given);
  }

  @Override
  Optional<Complaint> judge(GeneratedSequence.Step step, Answer answer) {
    Follower.Basis found = (Follower.Basis) answer;
    unseen =
        unseen
            || exchanged(step)
            || given().events().stream().anyMatch(event -> hides(event, step.number()))
            || found.counts().products() - products >= given().settings().maxProducts();
    boolean corrected = refreshed != null && found.counts().refreshes() == refreshed.count();
    if (!corrected) {
      refreshed = new Refreshed(step.number(), found.counts().refreshes(), leading(step.matrix()));
    }
    RealMatrix basis = SymmetricMatrix.real(found.basis(), given().n());
    return orthonormal(basis, step.number())
        .or(() -> unseen ? Optional.empty() : error(step, basis, corrected))
        .or(() -> accounts(found.counts(), step.number()));
  }

  /**
   * A crossing without any turning shows in a basis only after some refreshes; but it does at once
   * where the vector is the eigenvector that crosses.
   */
  private boolean hides(GeneratedEvent event, int step) {
    boolean met =
        given().direction() == Direction.NEXT
            && event.kind() == GeneratedEvent.Kind.CROSS
            && event.index() == 0
            && event.size() <= 1
            && given().events().size() == 1
            && given().spectrum().shape() == GeneratedSpectrum.Shape.GAP
            && given().spectrum().negative() == 0;
    return event.step() == step && event.crosses() && !met;
  }

  private Optional<Complaint> error(
      GeneratedSequence.Step step, RealMatrix basis, boolean corrected) {
    RealVector v = new ArrayRealVector(step.vector());
    if (v.getNorm() == 0) {
      return Optional.empty();
    }
    ProjectionBand band = ProjectionBand.of(step.matrix(), given().settings(), v);
    double chi = basis.preMultiply(v).getNorm() / v.getNorm();
    double found;
    double slack;
    if (given().rate() == 0) {
      found = Math.abs(chi - band.chi());
      slack = band.chiSlack() + rounding();
    } else {
      double rate = given().learningRate();
      found = band.weighed(difference(step.matrix(), basis, v), rate);
      slack = band.weighedSlack(rate) + Math.max(1, rate * step.matrix().norm()) * rounding();
      if (corrected && jumped(step.number())) {
        slack += band.weighed(secondOrder(step.matrix(), v), rate);
      }
    }
    double left = Math.max(0, found - slack);
    sum += left;
    judged++;
    double single = SINGLE * given().error();
    return require(
        left <= single,
        single == 0 ? Promise.REFRESHED : Promise.SINGLE_ERROR,
        step.number(),
        "error %.3e (χ %.6e, true %.6e), %.2e of it by the tolerance, allowed %.2e",
        found,
        chi,
        band.chi(),
        slack,
        single);
  }

  /** Whether eigenvectors have jumped, or one has turned alone, after the last refresh. */
  private boolean jumped(int step) {
    return refreshed != null
        && given().events().stream().anyMatch(event -> goesOn(event, refreshed.step(), step));
  }

  private static boolean goesOn(GeneratedEvent event, int after, int until) {
    int last =
        switch (event.kind()) {
          case JUMP -> event.step();
          case TURN -> event.step() + (int) event.size() - 1;
          case CROSS, SCALE, FLIP, GROW, NOT_FINITE -> -1;
        };
    return event.step() <= until && last > after;
  }

  /**
   * Whether an eigenvector has gone so far since the last refresh, at once or step by step, that it
   * lies mostly outside what was known: then it is as if it had crossed without turning.
   */
  private boolean exchanged(GeneratedSequence.Step step) {
    if (refreshed == null) {
      return false;
    }
    RealMatrix overlap = leading(step.matrix()).transposeMultiply(refreshed.space());
    double[] cosines = new SingularValueDecomposition(overlap).getSingularValues();
    return cosines[cosines.length - 1] < MOSTLY_OUTSIDE;
  }

  /**
   * XXᵀw − EXᵀXa over ‖v‖, for v = Ea + w and the space E that was E + X at the last refresh. A
   * correction knows by how much the vector's projection moves, and takes every eigenvector to move
   * as far. So it overlooks what is of second order where another jumps that the vector hardly
   * meets.
   */
  private RealVector secondOrder(SymmetricMatrix matrix, RealVector v) {
    RealMatrix space = leading(matrix);
    RealMatrix overlap = space.transposeMultiply(refreshed.space());
    RealMatrix x =
        refreshed
            .space()
            .subtract(space.multiply(overlap))
            .multiply(new SingularValueDecomposition(overlap).getSolver().getInverse());
    RealVector moved = x.operate(space.preMultiply(v));
    RealVector met = x.operate(x.preMultiply(v));
    return met.subtract(space.operate(x.preMultiply(moved))).mapDivide(v.getNorm());
  }

  private RealMatrix leading(SymmetricMatrix matrix) {
    return matrix.leadingVectors(given().pairs(), given().settings().which());
  }

  /** P̂v − Pv over ‖v‖. */
  private RealVector difference(SymmetricMatrix matrix, RealMatrix basis, RealVector v) {
    RealMatrix space = leading(matrix);
    return basis
        .operate(basis.preMultiply(v))
        .subtract(space.operate(space.preMultiply(v)))
        .mapDivide(v.getNorm());
  }

  /**
   * A running mean with weight 0.9 of the past that never exceeds the allowed error lets ten of it
   * be spent in advance.
   */
  @Override
  Optional<Complaint> close() {
    double allowed = given().error() * (judged + 10);
    return require(
        sum <= allowed,
        Promise.MEAN_ERROR,
        judged,
        "errors add up to %.2e in %d steps, allowed %.2e",
        sum,
        judged,
        allowed);
  }

  private Optional<Complaint> accounts(Follower.Counts counts, int step) {
    int steps = step + 1;
    boolean corrected = counts.corrections() > corrections;
    corrections = counts.corrections();
    products = counts.products();
    boolean consistent =
        counts.coldSolves() >= 1
            && counts.coldSolves() <= counts.refreshes()
            && counts.refreshes() <= steps
            && counts.refreshes() + counts.corrections() >= steps
            && !(corrected && (given().error() == 0 || step == 0))
            && (given().error() > 0 || counts.refreshes() == steps);
    return require(consistent, Promise.ACCOUNTS, step, "%s after %d steps", counts, steps);
  }
}
