package org.eigensweep.linalg;

import java.util.Optional;
import org.eigensweep.linalg.Complaint.Promise;
import org.eigensweep.linalg.Follower.Answer;
import org.hipparchus.linear.RealMatrix;

/** Holds blocks that were made orthonormal against the blocks that they were made from. */
final class BlockJudge extends Judge {
  BlockJudge(GeneratedCase given) {
    super(given);
  }

  @Override
  Optional<Complaint> judge(GeneratedSequence.Step step, Answer answer) {
    Follower.Block block = (Follower.Block) answer;
    RealMatrix made = SymmetricMatrix.real(block.made(), given().n());
    return orthonormal(made, step.number())
        .or(() -> orthogonal(block, made, step.number()))
        .or(() -> sameSpan(block, made, step.number()));
  }

  private Optional<Complaint> orthogonal(Follower.Block block, RealMatrix made, int step) {
    if (block.basis().length == 0) {
      return Optional.empty();
    }
    RealMatrix basis = SymmetricMatrix.real(block.basis(), given().n());
    double overlap = basis.transposeMultiply(made).getFrobeniusNorm();
    // the basis itself is orthonormal to rounding alone
    return require(
        overlap <= orthogonality(), Promise.ORTHONORMAL, step, "%.2e inside the basis", overlap);
  }

  /**
   * Of each column nothing may lie outside the made block and the basis but rounding, relative to
   * the column's own length. A pass resolves directions of 64·m roundings; below, they are filled.
   * Two passes may each leave as much.
   */
  private Optional<Complaint> sameSpan(Follower.Block block, RealMatrix made, int step) {
    RealMatrix left = SymmetricMatrix.real(block.given(), given().n());
    double[] lengths = new double[left.getColumnDimension()];
    for (int j = 0; j < lengths.length; j++) {
      lengths[j] = left.getColumnVector(j).getNorm();
    }
    if (block.basis().length > 0) {
      RealMatrix basis = SymmetricMatrix.real(block.basis(), given().n());
      left = left.subtract(basis.multiply(basis.transposeMultiply(left)));
    }
    left = left.subtract(made.multiply(made.transposeMultiply(left)));
    double worst = 0;
    for (int j = 0; j < lengths.length; j++) {
      double share = lengths[j] == 0 ? 0 : left.getColumnVector(j).getNorm() / lengths[j];
      worst = share <= worst ? worst : share;
    }
    double allowed = 2 * 64 * given().pairs() * rounding();
    return require(
        worst <= allowed,
        Promise.KEEPS_THE_SPAN,
        step,
        "%.2e of a column lies outside, expected %.2e",
        worst,
        allowed);
  }
}
