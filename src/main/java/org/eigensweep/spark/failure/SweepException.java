package org.eigensweep.spark.failure;

/**
 * A sweep some of whose trials could not be run, thrown after all others have been finished, or
 * whose aggregates could not be made. The message is one line that names the trials or the folder
 * and the first cause, which is also the cause.
 */
public final class SweepException extends RuntimeException {
  public SweepException(String message, Throwable cause) {
    super(message, cause);
  }
}
