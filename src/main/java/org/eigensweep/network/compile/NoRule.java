package org.eigensweep.network.compile;

/** The message about a part of a DL4J network that has no derivative rule. */
final class NoRule {
  private NoRule() {}

  /**
   * The exception to throw.
   *
   * @param what the part, or its option with its value
   * @param expected what would have a rule
   */
  static IllegalArgumentException of(String what, String expected) {
    return new IllegalArgumentException(
        "%s has no exact derivative rule, expected %s".formatted(what, expected));
  }
}
