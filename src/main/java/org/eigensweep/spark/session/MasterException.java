package org.eigensweep.spark.session;

/**
 * A cluster that does not answer. The message is one line that names the address, what was found
 * and what to do.
 */
public final class MasterException extends RuntimeException {
  MasterException(String message, Throwable cause) {
    super(message, cause);
  }
}
