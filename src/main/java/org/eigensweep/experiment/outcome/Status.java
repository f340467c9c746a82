package org.eigensweep.experiment.outcome;

/** How a trial ended. */
public enum Status {
  /** All steps were made. */
  COMPLETED,
  /** All steps were made, but the switch condition never held, so the rule never applied. */
  NOT_SWITCHED,
  /** The loss or its derivatives stopped being finite numbers; the last row is of that step. */
  DIVERGED
}
