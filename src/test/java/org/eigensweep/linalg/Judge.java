package org.eigensweep.linalg;

import java.util.Locale;
import java.util.Optional;
import org.eigensweep.linalg.Complaint.Promise;
import org.eigensweep.linalg.Follower.Answer;
import org.hipparchus.linear.RealMatrix;

/** Compares the answers of one solver to one sequence with what is true. */
abstract class Judge {
  private final GeneratedCase given;
  private final double unit;

  Judge(GeneratedCase given) {
    this.given = given;
    // rounding of products and sums of n terms, which grows like √n: measured at most 8 of these
    this.unit = given.precision().roundoff() * Math.sqrt(given.n());
  }

  static Judge of(GeneratedCase given) {
    return switch (given.subject()) {
      case SOLVE, TRACK -> new PairsJudge(given);
      case PROJECT -> new ProjectionJudge(given);
      case ORTHONORMALIZE -> new BlockJudge(given);
    };
  }

  /** The first promise that an answer breaks. */
  abstract Optional<Complaint> judge(GeneratedSequence.Step step, Answer answer);

  /** A promise about the whole sequence that was broken. */
  Optional<Complaint> close() {
    return Optional.empty();
  }

  GeneratedCase given() {
    return given;
  }

  /** What rounding may do to a number of size one. */
  double rounding() {
    return 32 * unit;
  }

  /** Orthogonality that blocks are made to. */
  double orthogonality() {
    return switch (given.precision()) {
      case FLOAT32 -> 1e-5;
      case FLOAT64 -> 1e-12;
    };
  }

  Optional<Complaint> orthonormal(RealMatrix block, int step) {
    RealMatrix gram = block.transposeMultiply(block);
    double worst = 0;
    for (int i = 0; i < gram.getRowDimension(); i++) {
      for (int j = 0; j < gram.getColumnDimension(); j++) {
        double error = Math.abs(gram.getEntry(i, j) - (i == j ? 1 : 0));
        worst = error <= worst ? worst : error; // NaN is the worst
      }
    }
    return require(
        worst <= orthogonality(), Promise.ORTHONORMAL, step, "off by %.2e in BᵀB", worst);
  }

  static Optional<Complaint> require(
      boolean kept, Promise promise, int step, String format, Object... numbers) {
    return kept
        ? Optional.empty()
        : Optional.of(new Complaint(promise, step, String.format(Locale.ROOT, format, numbers)));
  }
}
