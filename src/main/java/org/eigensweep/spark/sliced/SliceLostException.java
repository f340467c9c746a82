package org.eigensweep.spark.sliced;

/** Vectors that were on an executor are gone with it. What was computed on them starts again. */
public final class SliceLostException extends RuntimeException {
  SliceLostException(int slice) {
    super(
        ("slice %d of the vectors was lost with its executor: start again, and the sweep goes on"
                + " from its last checkpoint")
            .formatted(slice));
  }

  /** Whether this is what ended a job; Spark hands on no more than the text of a task's failure. */
  public static boolean isCauseOf(Throwable failure) {
    return failure instanceof SliceLostException
        || String.valueOf(failure.getMessage()).contains(SliceLostException.class.getName());
  }
}
