package org.eigensweep.linalg;

import java.util.Arrays;
import java.util.Optional;
import org.eigensweep.linalg.Complaint.Promise;
import org.eigensweep.linalg.Follower.Answer;
import org.hipparchus.linear.RealMatrix;

/** Holds eigenpairs against the spectrum. */
final class PairsJudge extends Judge {
  private int refreshes;
  private int coldSolves;
  private long products;

  /** Length of a leading vector's part in the found space from which it counts as found. */
  private static final double MOSTLY = 0.9;

  /** Steps to bring in a vector that the guard holds. */
  private static final double FEWEST = 5;

  private int astray;

  /** Steps in which the spaces that lead now must be noticed. */
  private double patience;

  PairsJudge(GeneratedCase given) {
    super(given);
  }

  @Override
  Optional<Complaint> judge(GeneratedSequence.Step step, Answer answer) {
    Follower.Pairs found = (Follower.Pairs) answer;
    int at = step.number();
    int k = given().pairs();
    if (found.values().length != k
        || found.residuals().length != k
        || found.vectors().length != k * given().n()) {
      return require(
          false,
          Promise.ALL_PAIRS_IN_ORDER,
          at,
          "%d values, %d residuals, %d vectors of %d",
          found.values().length,
          found.residuals().length,
          found.vectors().length / given().n(),
          k);
    }
    return descending(found.values(), at)
        .or(() -> orthonormal(SymmetricMatrix.real(found.vectors(), given().n()), at))
        .or(() -> honest(step, found))
        .or(() -> leading(step, found))
        .or(() -> accounts(found, at))
        .or(() -> within(found, at));
  }

  private Optional<Complaint> descending(double[] values, int at) {
    for (int i = 1; i < values.length; i++) {
      if (!(key(values[i]) <= key(values[i - 1]))) {
        return require(false, Promise.ALL_PAIRS_IN_ORDER, at, "%s", Arrays.toString(values));
      }
    }
    return Optional.empty();
  }

  private double key(double value) {
    return given().settings().which() == Which.LARGEST ? value : Math.abs(value);
  }

  /** A residual is what the pair has, or more, but for the rounding of the products. */
  private Optional<Complaint> honest(GeneratedSequence.Step step, Follower.Pairs found) {
    double[] truth = residuals(step.matrix(), found);
    for (int i = 0; i < truth.length; i++) {
      if (!(truth[i] <= found.residuals()[i] + rounding())) {
        return require(
            false,
            Promise.HONEST_RESIDUALS,
            step.number(),
            "pair %d of %d has residual %.3e, said to be %.3e (%s)",
            i + 1,
            truth.length,
            truth[i],
            found.residuals()[i],
            found.stop());
      }
    }
    return Optional.empty();
  }

  /** ‖Au−λu‖ / ‖A‖ of each pair. */
  private static double[] residuals(SymmetricMatrix matrix, Follower.Pairs found) {
    RealMatrix u = SymmetricMatrix.real(found.vectors(), matrix.size());
    RealMatrix image = matrix.entries().multiply(u);
    double[] residuals = new double[found.values().length];
    Arrays.setAll(
        residuals,
        i -> {
          double defect =
              image
                  .getColumnVector(i)
                  .subtract(u.getColumnVector(i).mapMultiply(found.values()[i]))
                  .getNorm();
          return defect == 0 ? 0 : defect / matrix.norm();
        });
    return residuals;
  }

  private Optional<Complaint> within(Follower.Pairs found, int at) {
    double allowed =
        switch (found.stop()) {
          case CONVERGED, TRACKED -> given().settings().tolerance();
          case SPACE_EXHAUSTED -> Math.max(given().settings().tolerance(), rounding());
          case PRODUCTS_SPENT -> Double.POSITIVE_INFINITY;
        };
    if (found.stop() == Stop.PRODUCTS_SPENT
        && found.products() < given().settings().maxProducts()) {
      return require(
          false,
          Promise.WITHIN_THE_TOLERANCE,
          at,
          "gave up after %d of %d products",
          found.products(),
          given().settings().maxProducts());
    }
    double worst = Arrays.stream(found.residuals()).max().orElseThrow();
    return require(
        worst <= allowed,
        Promise.WITHIN_THE_TOLERANCE,
        at,
        "%s with residuals %s, allowed %.1e",
        found.stop(),
        Arrays.toString(found.residuals()),
        allowed);
  }

  /**
   * k vectors with residuals of at most ε each belong to k eigenvalues within √k·ε of theirs
   * (Kahan). Where these are not the leading ones, a solver from scratch has failed. A warm start
   * cannot see a vector that it is orthogonal to, so a tracker has failed only if it does not
   * notice within the steps that a power step's factor takes to bring the vector up.
   */
  private Optional<Complaint> leading(GeneratedSequence.Step step, Follower.Pairs found) {
    SolverSettings settings = given().settings();
    double scale = step.matrix().norm();
    double[] truth = step.matrix().leadingValues(given().pairs(), settings.which());
    double residual = Arrays.stream(found.residuals()).max().orElseThrow();
    double known =
        found.stop() == Stop.SPACE_EXHAUSTED ? residual : Math.max(settings.tolerance(), residual);
    double allowed = (Math.sqrt(given().pairs()) * known + rounding()) * scale;
    int wrong = 0;
    while (wrong < truth.length
        && Math.abs(key(truth[wrong]) - key(found.values()[wrong])) <= allowed) {
      wrong++;
    }
    if (found.products() >= settings.maxProducts() || wrong == truth.length) {
      astray = 0;
      return Optional.empty();
    }
    boolean unseen = found.stop() == Stop.TRACKED && key(truth[wrong]) > key(found.values()[wrong]);
    if (unseen) {
      double steps = toNotice(step.matrix(), found);
      patience = astray == 0 ? steps : Math.max(patience, steps);
      astray++;
    }
    return require(
        unseen && astray <= patience,
        Promise.LEADING,
        step.number(),
        "value %d of %d is %.6e, and %.6e (%s) for %d steps",
        wrong + 1,
        truth.length,
        truth[wrong],
        found.values()[wrong],
        found.stop(),
        astray);
  }

  /**
   * Power steps in which each leading vector that is missed grows from what the basis holds of it
   * to one, and as many again. They come one after another, since one guard brings them in.
   */
  private double toNotice(SymmetricMatrix matrix, Follower.Pairs found) {
    int k = given().pairs();
    RealMatrix u = SymmetricMatrix.real(found.vectors(), matrix.size());
    RealMatrix overlap = u.transposeMultiply(matrix.leadingVectors(k, given().settings().which()));
    double[] truth = matrix.leadingValues(k, given().settings().which());
    // the step is shifted by half of what lies below zero, at most
    double below =
        given().settings().which() == Which.LARGEST
            ? -Math.min(0, Arrays.stream(matrix.values()).min().orElseThrow())
            : 0;
    double last = key(found.values()[k - 1]) + below;
    double steps = 0;
    for (int i = 0; i < k; i++) {
      double held = overlap.getColumnVector(i).getNorm();
      if (held < MOSTLY) {
        double ratio = (key(truth[i]) + below) / last;
        double seen = Math.max(held, given().precision().roundoff() / 10);
        steps +=
            ratio > 1.01 ? FEWEST - 2 * Math.log(seen) / Math.log(ratio) : Double.POSITIVE_INFINITY;
      }
    }
    return Math.max(steps, FEWEST);
  }

  private Optional<Complaint> accounts(Follower.Pairs found, int at) {
    Follower.Counts counts = found.counts();
    refreshes++;
    products += found.products();
    boolean cold = counts.coldSolves() > coldSolves;
    coldSolves = counts.coldSolves();
    return require(
        counts.refreshes() == refreshes
            && counts.products() == products
            && !(cold && found.stop() == Stop.TRACKED)
            && (cold || found.stop() == Stop.TRACKED || found.stop() == Stop.SPACE_EXHAUSTED),
        Promise.ACCOUNTS,
        at,
        "%s after %d refreshes and %d products, the last of them %s",
        counts,
        refreshes,
        products,
        found.stop());
  }
}
