package org.eigensweep.spark.sliced;

/** Vectors that were on an executor are gone with it. What was computed on them starts again. */
public final class SliceLostException extends RuntimeException {
  SliceLostException(int slice) {
    super(
        ("slice %d of the vectors was lost with its executor: start again, and the sweep goes on"
                + " from its last finished trial")
            .formatted(slice));
  }
}
