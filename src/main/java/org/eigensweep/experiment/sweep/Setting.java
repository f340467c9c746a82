package org.eigensweep.experiment.sweep;

import java.io.Serializable;
import java.util.Optional;

/**
 * What a phase or a trial says of itself, or leaves to where it belongs: a phase to its trial, a
 * trial to the plan.
 */
public sealed interface Setting<T> extends Serializable {
  /** Its own value, if it has one. */
  Optional<T> own();

  /** Its own value, or the one that is chosen further out. */
  default T or(T others) {
    return own().orElse(others);
  }

  /** It has a value of its own. */
  static <T extends Serializable> Setting<T> of(T value) {
    return new Own<>(value);
  }

  /** It says nothing. */
  static <T> Setting<T> inherited() {
    return new Inherited<>();
  }

  /**
   * A value of its own.
   *
   * @param value the value
   */
  record Own<T extends Serializable>(T value) implements Setting<T> {
    @Override
    public Optional<T> own() {
      return Optional.of(value);
    }
  }

  /** Nothing is said. */
  record Inherited<T>() implements Setting<T> {
    @Override
    public Optional<T> own() {
      return Optional.empty();
    }
  }
}
