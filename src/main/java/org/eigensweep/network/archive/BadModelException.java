package org.eigensweep.network.archive;

/** What is wrong with a file, in one line; unlike DL4J's own exceptions, complete as it is. */
final class BadModelException extends IllegalArgumentException {
  BadModelException(String message) {
    super(message);
  }

  BadModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
