package org.eigensweep.config;

import java.util.List;
import org.eigensweep.experiment.sweep.BatchChoice;

/** {@code eigensweep.sweep}: the axes of the grid. */
final class SweepSection {
  private SweepSection() {}

  static List<Double> learningRates(Node sweep) {
    return sweep
        .child("learning-rates")
        .distinct(rate -> rate.number("a number above 0", x -> x > 0));
  }

  /** The axis of batch sizes; where it is empty, those of the plan alone. */
  static List<BatchChoice> batchSizes(Node sweep, int trainExamples) {
    Node sizes = sweep.child("batch-sizes");
    return sizes.items().isEmpty()
        ? List.of(new BatchChoice.Inherited())
        : sizes.distinct(size -> new BatchChoice.Own(TrainingSection.batches(size, trainExamples)));
  }

  static List<Long> seeds(Node sweep) {
    return sweep.child("seeds").distinct(Node::integer);
  }

  static List<Integer> ranks(Node sweep, int pairs, long parameters) {
    return sweep.child("ranks").distinct(rank -> rank(rank, pairs, parameters));
  }

  private static int rank(Node node, int pairs, long parameters) {
    int rank = node.integerOfAtLeast(1);
    if (rank > parameters) {
      throw node.refuse(
          "at most %d, the parameters of the model".formatted(parameters),
          "lower it or widen the model");
    }
    if (rank > pairs) {
      throw node.refuse(
          "at most eigensweep.eigenspace.pairs = " + pairs,
          "lower it or raise eigensweep.eigenspace.pairs");
    }
    return rank;
  }
}
