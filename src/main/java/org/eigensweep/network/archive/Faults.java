package org.eigensweep.network.archive;

/**
 * Quotes text of files and libraries in messages: in one line, shortened, without control
 * characters.
 */
final class Faults {
  private static final int MOST = 200;

  private Faults() {}

  /** What a library found wrong, by its innermost cause. */
  static String line(Throwable fault) {
    Throwable cause = fault;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : shortened(message.strip().lines().findFirst().orElseThrow());
  }

  /** The beginning of a text of a file, without line ends and other control characters. */
  static String shortened(String text) {
    String beginning = text.length() > MOST ? text.substring(0, MOST) + "..." : text;
    return beginning.replaceAll("\\p{Cntrl}", "?");
  }
}
