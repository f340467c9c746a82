package org.eigensweep.network.generated;

/** How a case came out. */
sealed interface Outcome {
  /** DL4J makes no such network. */
  record NoNetwork(String why) implements Outcome {}

  /** Right in every number. */
  record Right(boolean exact) implements Outcome {}

  /** Refused by a line that names what for. */
  record Refused(String message) implements Outcome {}

  /** Measured where the oracle cannot judge, as at a kink. */
  record Skipped(String why) implements Outcome {}

  /**
   * Neither right nor refused.
   *
   * @param kind what is wrong; a smaller case must fail in the same way
   * @param text with the values of both sides
   */
  record Fault(Kind kind, String text) implements Outcome {
    /** Whether another fault is of the same kind, at the same place in the code where it broke. */
    boolean isLike(Fault other) {
      return kind == other.kind && cause().equals(other.cause());
    }

    private String cause() {
      return switch (kind) {
        case BROKEN -> text.replaceAll("\\d+", "#");
        case REFUSAL -> text.substring(0, text.indexOf(':'));
        default -> "";
      };
    }
  }

  /** What is wrong. */
  enum Kind {
    /** Neither numbers nor a refusal. */
    BROKEN,
    /** A refusal of several lines, or that names nothing of the network, or a false cause. */
    REFUSAL,
    /** Numbers of a loss that is random. */
    RANDOM,
    /** Numbers where DL4J has no score. */
    UNSCORED,
    PARAMETERS,
    LOSS,
    GRADIENT,
    PRODUCT,
    /** Said to be exact, but no linear map. */
    EXACTNESS,
    EIGENVALUES,
    TRACE
  }
}
