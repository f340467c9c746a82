package org.eigensweep.experiment.walk;

/** What a trunk or a branch decides along a trajectory. */
interface Guide {
  /** Whether the eigenspace at this step has a say in where the trajectory goes. */
  boolean steersAt(int step);

  /** Whether the trajectory ends here, before the step is made; asked where it steers. */
  boolean endsAt(int step, Frame frame);
}
