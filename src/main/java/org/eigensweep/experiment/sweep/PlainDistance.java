package org.eigensweep.experiment.sweep;

/** Whether the distance between a branch that projects and plain training is measured. */
public enum PlainDistance {
  /** It is not, which is free. */
  OFF,
  /** It is, and plain training runs beside the branch. */
  ON
}
