package org.eigensweep.array;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Storage of one precision, kept by shape for reuse: fresh memory is costly to touch. No more waits
 * than was ever in use at once; beyond that, the shape that was asked for least recently is freed.
 * Tasks that run at once share it.
 */
final class StoragePool implements AutoCloseable {
  private record Shape(int rows, int columns) {}

  private final Precision precision;
  private final DataType type;

  /** Least recently used first. */
  private final Map<Shape, Deque<Storage>> free = new LinkedHashMap<>(16, 0.75f, true);

  private long inUse;
  private long mostInUse;
  private long waiting;

  StoragePool(Precision precision) {
    this.precision = precision;
    this.type =
        switch (precision) {
          case FLOAT32 -> DataType.FLOAT;
          case FLOAT64 -> DataType.DOUBLE;
        };
  }

  /** Bytes held, in use or waiting. */
  synchronized long bytes() {
    return inUse + waiting;
  }

  /** Bytes taken and not given back. */
  synchronized long bytesInUse() {
    return inUse;
  }

  /** Storage of a shape, with arbitrary contents: from the pool, or new. */
  synchronized Storage take(int rows, int columns) {
    long size = (long) rows * columns * precision.bytes();
    inUse += size;
    mostInUse = Math.max(mostInUse, inUse);
    Deque<Storage> kept = free.get(new Shape(rows, columns));
    if (kept != null && !kept.isEmpty()) {
      waiting -= size;
      return kept.pop();
    }
    return new Storage(Nd4j.createUninitializedDetached(type, 'f', rows, columns));
  }

  /** Takes storage back for reuse. */
  synchronized void giveBack(Storage storage) {
    inUse -= size(storage);
    waiting += size(storage);
    Shape shape = new Shape(storage.array().rows(), storage.array().columns());
    free.computeIfAbsent(shape, s -> new ArrayDeque<>()).push(storage);
    while (waiting > mostInUse) {
      freeOldest();
    }
  }

  private void freeOldest() {
    Map.Entry<Shape, Deque<Storage>> oldest = free.entrySet().iterator().next();
    if (oldest.getValue().isEmpty()) {
      free.remove(oldest.getKey());
    } else {
      Storage storage = oldest.getValue().pop();
      waiting -= size(storage);
      storage.close();
    }
  }

  private long size(Storage storage) {
    return storage.array().length() * precision.bytes();
  }

  @Override
  public synchronized void close() {
    free.values().forEach(kept -> kept.forEach(Storage::close));
    free.clear();
    inUse = 0;
    waiting = 0;
  }
}
