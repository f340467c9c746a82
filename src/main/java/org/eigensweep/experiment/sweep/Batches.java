package org.eigensweep.experiment.sweep;

import java.io.Serializable;

/** Which examples a step takes its gradient over. */
public sealed interface Batches extends Serializable {
  /** Examples that a step takes of a training set of some size. */
  int size(int examples);

  /** The batches in words, which name a trial in tables and so stay as they are. */
  String description();

  /**
   * Mini-batches: every epoch a fresh random order of all examples, cut into batches.
   *
   * @param size examples of a batch, at least 1 and at most the training examples
   */
  record Shuffled(int size) implements Batches {
    @Override
    public int size(int examples) {
      return size;
    }

    @Override
    public String description() {
      return String.valueOf(size);
    }
  }

  /**
   * Mini-batches whose examples are drawn independently of each other and of all other steps, each
   * example with the same probability, so that one may come twice.
   *
   * @param size examples of a batch, at least 1
   */
  record Independent(int size) implements Batches {
    @Override
    public int size(int examples) {
      return size;
    }

    @Override
    public String description() {
      return size + " independent";
    }
  }

  /** All examples: gradient descent. The gradient is the one of the training loss itself. */
  record Full() implements Batches {
    @Override
    public int size(int examples) {
      return examples;
    }

    @Override
    public String description() {
      return "full";
    }
  }
}
