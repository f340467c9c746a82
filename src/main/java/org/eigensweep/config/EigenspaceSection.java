package org.eigensweep.config;

import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;

/** {@code eigensweep.eigenspace}, its refreshing aside. */
final class EigenspaceSection {
  private EigenspaceSection() {}

  static SolverSettings read(Node section, long parameters) {
    Node pairs = section.child("pairs");
    int count = pairs.integerOfAtLeast(1);
    if (count > parameters) {
      throw pairs.refuse(
          "at most %d, the parameters of the model".formatted(parameters),
          "lower it or widen the model");
    }
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
