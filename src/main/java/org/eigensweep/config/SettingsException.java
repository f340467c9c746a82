package org.eigensweep.config;

/**
 * Settings that cannot be used. The message is one line: where the value stands, its key, what was
 * found, what was expected and what to do.
 */
public final class SettingsException extends RuntimeException {
  SettingsException(String message) {
    super(oneLine(message));
  }

  SettingsException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  private static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
