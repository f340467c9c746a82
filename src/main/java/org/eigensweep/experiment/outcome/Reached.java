package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.Optional;

/** How far a trunk or a branch has come. */
public sealed interface Reached<T> extends Serializable {
  /**
   * To a pause between two steps.
   *
   * @param at all that is needed to go on
   */
  record Paused<T>(Checkpoint at) implements Reached<T> {
    @Override
    public Optional<Checkpoint> pause() {
      return Optional.of(at);
    }

    @Override
    public Optional<T> outcome() {
      return Optional.empty();
    }
  }

  /**
   * To its end.
   *
   * @param left what it left
   */
  record Ended<T extends Serializable>(T left) implements Reached<T> {
    @Override
    public Optional<Checkpoint> pause() {
      return Optional.empty();
    }

    @Override
    public Optional<T> outcome() {
      return Optional.of(left);
    }
  }

  /** Where it paused, if it did. */
  Optional<Checkpoint> pause();

  /** What it left, if it came to its end. */
  Optional<T> outcome();
}
