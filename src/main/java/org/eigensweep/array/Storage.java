package org.eigensweep.array;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The memory of one matrix, and the latest views of it. A view takes ND4J some microseconds and the
 * collector more, because ND4J keeps account of every array until it has been collected; and the
 * same views come again and again: a layer's weights in the parameters, a column in a block.
 */
final class Storage implements AutoCloseable {
  /** More than a network of some layers has parameters; a block has fewer columns. */
  private static final int VIEWS = 64;

  private record Place(long offset, int rows, int columns) {}

  private final INDArray array;

  /** Least recently used first. */
  private final Map<Place, INDArray> views =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, INDArray> eldest) {
          return size() > VIEWS;
        }
      };

  /**
   * Memory of a matrix.
   *
   * @param array 'f'-ordered, without gaps; closed with this
   */
  Storage(INDArray array) {
    this.array = array;
  }

  /** All of it, in the shape of the matrix for which it was made. */
  INDArray array() {
    return array;
  }

  /** Some of it, from an element on, as a matrix. Tasks that run at once share parameters. */
  synchronized INDArray view(long offset, int rows, int columns) {
    if (offset == 0 && rows == array.rows() && columns == array.columns()) {
      return array;
    }
    return views.computeIfAbsent(
        new Place(offset, rows, columns),
        place -> Nd4jDevice.columnMajor(array.data(), offset, rows, columns));
  }

  @Override
  public synchronized void close() {
    views.clear();
    array.close();
  }
}
