package org.eigensweep.linalg;

import java.util.Optional;
import org.eigensweep.linalg.Complaint.Promise;
import org.eigensweep.linalg.Follower.Answer;
import org.eigensweep.linalg.GeneratedCase.Direction;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Holds projections on tracked bases against those on the leading space. An error is what is left
 * beyond the {@link ProjectionBand} that the tolerance cannot tell apart.
 */
final class ProjectionJudge extends Judge {
  /** What a single step may leave, over the error that is allowed in the mean. */
  private static final double SINGLE = 10;

  private double sum;
  private int judged;
  private int corrections;
  private long products;

  /** Whether the leading space may be another one than a basis or the vector can tell. */
  private boolean unseen;

  ProjectionJudge(GeneratedCase given) {
    super(given);
  }

  @Override
  Optional<Complaint> judge(GeneratedSequence.Step step, Answer answer) {
    Follower.Basis found = (Follower.Basis) answer;
    RealMatrix basis = SymmetricMatrix.real(found.basis(), given().n());
    unseen =
        unseen
            || given().events().stream().anyMatch(event -> hides(event, step.number()))
            || found.counts().products() - products >= given().settings().maxProducts();
    return orthonormal(basis, step.number())
        .or(() -> unseen ? Optional.empty() : error(step, basis))
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

  private Optional<Complaint> error(GeneratedSequence.Step step, RealMatrix basis) {
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

  /** P̂v − Pv over ‖v‖. */
  private RealVector difference(SymmetricMatrix matrix, RealMatrix basis, RealVector v) {
    RealMatrix space = matrix.leadingVectors(given().pairs(), given().settings().which());
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
