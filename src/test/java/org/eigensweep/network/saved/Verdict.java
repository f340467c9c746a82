package org.eigensweep.network.saved;

/** What becomes of a saved network; there is nothing in between. */
enum Verdict {
  /** Exact derivative rules. */
  EXACT,
  /** Central differences of DL4J's gradient, with a line that says why. */
  DIFFERENCES,
  /** One line that names the layer and the cause. */
  REFUSED
}
