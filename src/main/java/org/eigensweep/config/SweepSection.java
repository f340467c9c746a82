package org.eigensweep.config;

import java.util.List;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Setting;

/** {@code eigensweep.sweep}: the axes of the grid. */
final class SweepSection {
  private SweepSection() {}

  static List<Double> learningRates(Node sweep) {
    return sweep
        .child("learning-rates")
        .distinct(rate -> rate.number("a number above 0", x -> x > 0));
  }

  /** The axis of batch sizes; where it is empty, those of the plan alone. */
  static List<Setting<Batches>> batchSizes(Node sweep, BatchSection batches) {
    Node sizes = sweep.child("batch-sizes");
    return sizes.items().isEmpty()
        ? List.of(Setting.inherited())
        : sizes.distinct(size -> Setting.of(batches.read(size)));
  }

  static List<Long> seeds(Node sweep) {
    return sweep.child("seeds").distinct(Node::integer);
  }

  static List<Integer> ranks(Node sweep, int pairs, ProblemSize problem) {
    return sweep.child("ranks").distinct(rank -> rank(rank, pairs, problem));
  }

  private static int rank(Node node, int pairs, ProblemSize problem) {
    int rank = problem.atMostParameters(node);
    if (rank > pairs) {
      throw node.refuse(
          "at most eigensweep.eigenspace.pairs = " + pairs,
          "lower it or raise eigensweep.eigenspace.pairs");
    }
    return rank;
  }
}
