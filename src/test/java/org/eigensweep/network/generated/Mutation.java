package org.eigensweep.network.generated;

import org.eigensweep.network.generated.Outcome.Kind;

/** What is done to an objective, each time by little more than the bound. */
enum Mutation {
  LOSS(Kind.LOSS, 1e-8),
  GRADIENT(Kind.GRADIENT, 1e-5),
  /** Times a factor. */
  PRODUCT(Kind.PRODUCT, 1e-4),
  /** Differences of two points so near as to be right, in what is said to be exact. */
  LINEARITY(Kind.EXACTNESS, 2e-9);

  private final Kind kind;
  private final double by;

  Mutation(Kind kind, double by) {
    this.kind = kind;
    this.by = by;
  }

  /** What a checker has to call it. */
  Kind kind() {
    return kind;
  }

  double by() {
    return by;
  }
}
