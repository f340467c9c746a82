package org.eigensweep.network.pass;

import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** Sums over chunks: parts are computed side by side and added in order. */
final class ChunkSums {
  /** What a chunk adds to a sum. */
  interface Addend {
    /**
     * Adds it.
     *
     * @param chunk number of the chunk
     * @param sum accumulated
     */
    void add(int chunk, Matrix sum);
  }

  private ChunkSums() {}

  /**
   * total ← the sum of what all chunks add.
   *
   * @param total overwritten
   */
  static void sum(Chunks chunks, Addend addend, Matrix total) {
    Device device = total.device();
    device.fill(0, total);
    if (chunks.parts() == 1) {
      add(chunks, 0, addend, total); // 0 + x is x: the same bits
      return;
    }
    device.inOrder(
        chunks.parts(),
        (part, turn) -> {
          try (Scope own = device.open()) {
            Matrix sum = own.zeros(total.rows(), total.columns());
            add(chunks, part, addend, sum);
            turn.await();
            device.axpy(1, sum, total);
          }
        });
  }

  private static void add(Chunks chunks, int part, Addend addend, Matrix sum) {
    for (int chunk = chunks.firstOf(part); chunk < chunks.firstOf(part + 1); chunk++) {
      addend.add(chunk, sum);
    }
  }
}
