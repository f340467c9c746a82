package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.eigensweep.experiment.sweep.Batches;

/**
 * The examples of a step, wherever they are set.
 *
 * @param problem whose examples they are
 * @param sampling how a number of them is drawn
 */
record BatchSection(ProblemSize problem, IntFunction<Batches> sampling) {
  private static final String FULL = "full";
  private static final Map<String, IntFunction<Batches>> SAMPLINGS = new LinkedHashMap<>();

  static {
    SAMPLINGS.put("shuffled", Batches.Shuffled::new);
    SAMPLINGS.put("independent", Batches.Independent::new);
  }

  /** With the sampling of {@code eigensweep.training}. */
  static BatchSection of(Node training, ProblemSize problem) {
    return new BatchSection(problem, training.child("sampling").word(SAMPLINGS));
  }

  /** A number of examples, or all. */
  Batches read(Node node) {
    boolean full = node.text().filter(FULL::equals).isPresent();
    return full ? new Batches.Full() : sampling.apply(problem.atMostExamples(node));
  }
}
