package org.eigensweep.array;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Storage of one precision, kept by shape for reuse until the pool closes: fresh memory is costly
 * to touch.
 */
final class StoragePool implements AutoCloseable {
  private record Shape(int rows, int columns) {}

  private final Precision precision;
  private final DataType type;
  private final Map<Shape, Deque<INDArray>> free = new HashMap<>();
  private long bytes;

  StoragePool(Precision precision) {
    this.precision = precision;
    this.type =
        switch (precision) {
          case FLOAT32 -> DataType.FLOAT;
          case FLOAT64 -> DataType.DOUBLE;
        };
  }

  /** Bytes of all storage that was ever made here. */
  long bytes() {
    return bytes;
  }

  /** Storage of a shape, with arbitrary contents: from the pool, or new. */
  INDArray take(int rows, int columns) {
    Deque<INDArray> kept = free.get(new Shape(rows, columns));
    if (kept != null && !kept.isEmpty()) {
      return kept.pop();
    }
    bytes += (long) rows * columns * precision.bytes();
    return Nd4j.createUninitializedDetached(type, 'f', rows, columns);
  }

  /** Takes storage back for reuse. */
  void giveBack(INDArray array) {
    Shape shape = new Shape(array.rows(), array.columns());
    free.computeIfAbsent(shape, s -> new ArrayDeque<>()).push(array);
  }

  @Override
  public void close() {
    free.values().forEach(kept -> kept.forEach(INDArray::close));
    free.clear();
    bytes = 0;
  }
}
