package org.eigensweep.linalg;

import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;

/** When a followed eigenspace is near enough, and where to look for it while it is not. */
interface Goal {
  /** Whether the pairs that were found will do. */
  boolean reached(RitzPairs ritz);

  /** Whether they will do where nothing better was found in reasonable time. */
  boolean bearable(RitzPairs ritz);

  /** Takes note of the pairs with which the tracker goes on, whether they will do or not. */
  void took(RitzPairs ritz);

  /**
   * Directions in which what is missing lies.
   *
   * @param ritz the pairs found so far
   * @param most directions that there is room for, at least 1
   * @param owner owner of the result
   * @return n × m with 1 ≤ m ≤ most, not orthonormal
   */
  Matrix directions(RitzPairs ritz, int most, Scope owner);
}
