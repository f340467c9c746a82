package org.eigensweep.spark.failure;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What a process that is told to end says of the work that it leaves. A process has one command,
 * and so one of these.
 */
public final class LastWords implements AutoCloseable {
  private static final AtomicReference<LastWords> CURRENT = new AtomicReference<>();

  private final Supplier<String> words;

  private LastWords(Supplier<String> words) {
    this.words = words;
  }

  /** Leaves words until they are closed, in place of those before. */
  public static LastWords leave(Supplier<String> words) {
    LastWords last = new LastWords(words);
    CURRENT.set(last);
    return last;
  }

  /** One line, if any work has begun. */
  public static Optional<String> now() {
    return Optional.ofNullable(CURRENT.get()).map(last -> last.words.get());
  }

  @Override
  public void close() {
    CURRENT.compareAndSet(this, null);
  }
}
