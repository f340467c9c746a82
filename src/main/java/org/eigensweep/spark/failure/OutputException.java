package org.eigensweep.spark.failure;

/**
 * An output folder that must not or cannot be written to or read. The message is one line that
 * names the folder, what was found, what was expected and what to do.
 */
public final class OutputException extends RuntimeException {
  public OutputException(String message) {
    super(message);
  }

  public OutputException(String message, Throwable cause) {
    super(message, cause);
  }
}
