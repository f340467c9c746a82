package org.eigensweep.array;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What an operation works with and one thread uses at a time, kept for the next operation: as many
 * as ever worked at once.
 */
final class Spare<T> implements AutoCloseable {
  private final Supplier<T> maker;
  private final Consumer<T> freeing;
  private final Deque<T> waiting = new ArrayDeque<>();

  /**
   * None yet.
   *
   * @param maker makes one where all are in use
   * @param freeing frees one
   */
  Spare(Supplier<T> maker, Consumer<T> freeing) {
    this.maker = maker;
    this.freeing = freeing;
  }

  /** Works with one. */
  void use(Consumer<T> work) {
    T one = take();
    try {
      work.accept(one);
    } finally {
      giveBack(one);
    }
  }

  private T take() {
    synchronized (waiting) {
      if (!waiting.isEmpty()) {
        return waiting.pop();
      }
    }
    return maker.get();
  }

  private void giveBack(T one) {
    synchronized (waiting) {
      waiting.push(one);
    }
  }

  /** Frees those that wait; none is in use any more. */
  @Override
  public void close() {
    synchronized (waiting) {
      waiting.forEach(freeing);
      waiting.clear();
    }
  }
}
