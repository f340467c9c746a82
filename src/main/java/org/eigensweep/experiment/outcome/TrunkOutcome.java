package org.eigensweep.experiment.outcome;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.eigensweep.experiment.sweep.Trunk;

/**
 * What a trunk left: its measurements and one checkpoint for each rank that switched.
 *
 * @param trunk the trunk
 * @param status COMPLETED when every rank switched, NOT_SWITCHED when the steps ran out first,
 *     DIVERGED
 * @param measurements points of the trunk in order of steps, up to the last switch, or to the step
 *     at which it diverged
 * @param kept points that are kept, in order of steps
 * @param switches rank → state at its switch; a rank that did not switch is absent
 * @param unswitched rank → what the trunk cost for that rank alone, of ranks that did not switch;
 *     of the others each checkpoint says it
 * @param cost what the trunk cost, with the spaces of all ranks
 */
public record TrunkOutcome(
    Trunk trunk,
    Status status,
    List<Measurement> measurements,
    List<KeptPoint> kept,
    Map<Integer, SwitchState> switches,
    Map<Integer, Cost> unswitched,
    Cost cost)
    implements Serializable {
  /** The same without points that are kept. */
  public TrunkOutcome(
      Trunk trunk,
      Status status,
      List<Measurement> measurements,
      Map<Integer, SwitchState> switches,
      Map<Integer, Cost> unswitched,
      Cost cost) {
    this(trunk, status, measurements, List.of(), switches, unswitched, cost);
  }
}
