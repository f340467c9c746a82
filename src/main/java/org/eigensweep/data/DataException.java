package org.eigensweep.data;

/**
 * Data that cannot be used: missing, too short, or in another format. The message is one line that
 * names the path, what was found and what was expected.
 */
public final class DataException extends RuntimeException {
  /** A fault found in the data itself. */
  public DataException(String message) {
    super(message);
  }

  /** A fault that a library reported while the data were read. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The first line of a cause's message, to be quoted in a message that has one line. */
  public static String firstLine(Exception cause) {
    String name = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? name : cause.getMessage().lines().findFirst().orElse(name);
  }
}
