package org.eigensweep.linalg;

/** Why an eigensolver stopped. */
public enum Stop {
  /** Every residual asked for is within the tolerance. */
  CONVERGED,
  /** The pairs were followed from those of the previous operator, and are within the tolerance. */
  TRACKED,
  /** The allowance of products was spent first. */
  PRODUCTS_SPENT,
  /** The basis spans the whole space: the residuals are as small as rounding lets them be. */
  SPACE_EXHAUSTED
}
