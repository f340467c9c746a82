package org.eigensweep.linalg;

/** A number that should be finite is infinite or NaN: the point it belongs to has diverged. */
public final class NotFiniteException extends ArithmeticException {
  /** Names the number, as in "the gradient norm". */
  public NotFiniteException(String what) {
    super(what + " is not finite: the point it belongs to has diverged");
  }

  /**
   * Makes sure that a number is finite.
   *
   * @param what it is, for the message
   * @throws NotFiniteException if it is not
   */
  public static void require(double value, String what) {
    if (!Double.isFinite(value)) {
      throw new NotFiniteException(what);
    }
  }
}
