package org.eigensweep.export;

/**
 * An export that its target broke off. The message is one line that says what happened, how far the
 * export came and how to go on.
 */
public final class UnfinishedExportException extends RuntimeException {
  public UnfinishedExportException(String message, Throwable cause) {
    super(message, cause);
  }
}
