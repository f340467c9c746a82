package org.eigensweep.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.eigensweep.experiment.sweep.QuadraticSource;
import org.eigensweep.quadratic.Basis;

/** {@code eigensweep.quadratic}. */
final class QuadraticSection {
  /** As many eigenvalues as a trial may carry in its identity. */
  private static final int MOST = 100_000;

  private QuadraticSection() {}

  static QuadraticSource read(Node section) {
    Node listed = section.child("eigenvalues");
    List<Double> eigenvalues = eigenvalues(listed);
    int n = eigenvalues.size();
    int examples = examples(section, n);
    return new QuadraticSource(
        eigenvalues,
        basis(section.child("basis"), n),
        perEigenvalue(section.child("start"), n, "a number", x -> true),
        examples,
        coupling(section.child("coupling"), n, examples),
        perEigenvalue(section.child("noise"), n, "a number of at least 0", x -> x >= 0),
        section.child("seed").integer(),
        ProblemSection.precision(section));
  }

  private static List<Double> eigenvalues(Node node) {
    if (node.isSection()) {
      return range(node);
    }
    List<Node> items = node.items();
    if (items.isEmpty() || items.size() > MOST) {
      throw node.refuse("a list of 1 to %d numbers".formatted(MOST));
    }
    return items.stream().map(item -> item.number("a number", x -> true)).toList();
  }

  /** As in { from = 1, to = 1e-3, count = 1000, spacing = log }, both ends included. */
  private static List<Double> range(Node node) {
    Map<String, Node> fields = node.fields(Set.of("from", "to", "count", "spacing"), Set.of());
    double from = fields.get("from").number("a number", x -> true);
    double to = fields.get("to").number("a number", x -> true);
    int count = fields.get("count").integerIn(2, MOST);
    boolean logarithmic =
        fields.get("spacing").word(Map.of("log", Boolean.TRUE, "linear", Boolean.FALSE));
    if (logarithmic && !(from * to > 0)) {
      throw fields
          .get("from")
          .refuse(
              "two ends of one sign where spacing = log", "correct it, or take spacing = linear");
    }
    DoubleUnaryOperator at =
        logarithmic ? t -> from * Math.pow(to / from, t) : t -> from + (to - from) * t;
    return IntStream.range(0, count)
        .mapToObj(i -> i == count - 1 ? to : at.applyAsDouble((double) i / (count - 1)))
        .toList();
  }

  private static Basis basis(Node node, int n) {
    Basis basis = node.word(Words.of(Basis.class));
    if (basis == Basis.RANDOM && n > Basis.MOST_RANDOM) {
      throw node.refuse(
          "axes for %d eigenvalues, or at most %d of them".formatted(n, Basis.MOST_RANDOM),
          "take axes, since a random basis is a dense matrix");
    }
    return basis;
  }

  /** A number for all eigenvectors, or a list of one for each. */
  private static List<Double> perEigenvalue(
      Node node, int n, String expected, DoublePredicate holds) {
    if (!node.isList()) {
      return Collections.nCopies(
          n, node.number("%s, or a list of %d, one an eigenvalue".formatted(expected, n), holds));
    }
    List<Node> items = node.items();
    if (items.size() != n) {
      throw node.refuse(
          "%d numbers, one for each of eigensweep.quadratic.eigenvalues".formatted(n),
          "make the lists equally long, or give one number for all");
    }
    return items.stream().map(item -> item.number(expected, holds)).toList();
  }

  private static int examples(Node section, int n) {
    Node node = section.child("examples");
    int examples = node.integerOfAtLeast(1);
    Node noise = section.child("noise");
    boolean shifted =
        perEigenvalue(noise, n, "a number of at least 0", x -> x >= 0).stream()
            .anyMatch(deviation -> deviation > 0);
    if (shifted && examples < 2) {
      throw node.refuse(
          "at least 2, since the noise of all examples adds up to 0",
          "raise it, or set eigensweep.quadratic.noise = 0");
    }
    if (shifted && (long) n * examples > Integer.MAX_VALUE) {
      throw node.refuse(
          "at most %d, since each has a vector of %d numbers".formatted(Integer.MAX_VALUE / n, n),
          "lower it");
    }
    return examples;
  }

  private static double coupling(Node node, int n, int examples) {
    double coupling = node.number("a number", x -> true);
    if (coupling != 0 && n < 2) {
      throw node.refuse(
          "0 for a single eigenvalue", "remove it: it couples the first two coordinates");
    }
    if (coupling != 0 && examples % 2 != 0) {
      throw node.refuse(
          "0 for an odd number of examples, %d".formatted(examples),
          "make eigensweep.quadratic.examples even: half of them have the opposite sign");
    }
    return coupling;
  }
}
