package org.eigensweep.data.files;

/** Turns a value of a file into one of an example. */
@FunctionalInterface
interface Scaling {
  /**
   * The standardised value.
   *
   * @param place of the value in the example
   * @param value a finite number
   */
  float of(int place, double value);
}
