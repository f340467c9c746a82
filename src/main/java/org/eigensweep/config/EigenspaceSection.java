package org.eigensweep.config;

import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;

/** {@code eigensweep.eigenspace}, its refreshing aside. */
final class EigenspaceSection {
  private EigenspaceSection() {}

  /** For a problem of some size. */
  static SolverSettings read(Node section, ProblemSize problem) {
    problem.atMostParameters(section.child("pairs"));
    return read(section);
  }

  /** For a model that is not known yet. */
  static SolverSettings read(Node section) {
    int count = section.child("pairs").integerOfAtLeast(1);
    Node products = section.child("max-products");
    int most = products.integerOfAtLeast(1);
    if (most < count) {
      throw products.refuse(
          "at least eigensweep.eigenspace.pairs = " + count,
          "raise it: a pair takes at least one product");
    }
    return new SolverSettings(
        count,
        section.child("tolerance").number("a number between 0 and 1", x -> x > 0 && x < 1),
        section.child("which").word(Words.of(Which.class)),
        most);
  }
}
