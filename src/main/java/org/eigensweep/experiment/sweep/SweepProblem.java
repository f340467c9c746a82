package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import java.util.Map;

/**
 * The problem that all trials of a sweep train. It says what it is, and it is sent to the processes
 * in which trials run.
 */
public interface SweepProblem extends Problem, Serializable {
  /** Number of training examples, at least 1. */
  int examples();

  /** What it is, in the words that tables show. */
  ProblemLabels labels();

  /** All that fixes its numbers, in words: name of a part → its value. */
  Map<String, String> parts();
}
