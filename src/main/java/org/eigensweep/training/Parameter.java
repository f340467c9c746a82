package org.eigensweep.training;

import java.util.function.DoublePredicate;

/**
 * A number that a kind takes.
 *
 * @param name its key in settings
 * @param standard its value where settings give none
 * @param expected in words what {@code check} lets pass, as in <i>a number above 0</i>
 * @param check which finite numbers it may be
 */
public record Parameter(String name, double standard, String expected, DoublePredicate check) {

  /** A weight of the past, in [0, 1). */
  public static Parameter memory(String name, double standard) {
    return new Parameter(
        name, standard, "a number of at least 0 and below 1", x -> x >= 0 && x < 1);
  }

  /** What keeps a denominator from 0. */
  public static Parameter positive(String name, double standard) {
    return new Parameter(name, standard, "a number above 0", x -> x > 0);
  }

  /** A strength that may be none. */
  public static Parameter notNegative(String name, double standard) {
    return new Parameter(name, standard, "a number of at least 0", x -> x >= 0);
  }
}
