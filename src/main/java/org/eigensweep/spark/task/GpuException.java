package org.eigensweep.spark.task;

/**
 * A GPU was asked for and there is none to compute on. The message is one line that says what was
 * found, what was expected and what to do.
 */
public final class GpuException extends RuntimeException {
  GpuException(String message) {
    super(message);
  }
}
