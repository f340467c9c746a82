package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.List;

/**
 * What a branch left.
 *
 * @param status COMPLETED or DIVERGED
 * @param measurements points of the branch in order of steps, from the switch to the last step, or
 *     to the one at which it diverged
 * @param kept points that are kept, in order of steps
 * @param cost what the branch alone cost
 */
public record BranchOutcome(
    Status status, List<Measurement> measurements, List<KeptPoint> kept, Cost cost)
    implements Serializable {
  /** The same without points that are kept. */
  public BranchOutcome(Status status, List<Measurement> measurements, Cost cost) {
    this(status, measurements, List.of(), cost);
  }
}
