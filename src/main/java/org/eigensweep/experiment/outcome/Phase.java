package org.eigensweep.experiment.outcome;

/** The part of a trial that a step belongs to. */
public enum Phase {
  /** Before the switch: the base optimiser, shared by all ranks and rules. */
  TRUNK,
  /** After the switch: the trial's own update rule. */
  BRANCH
}
