package org.eigensweep.experiment.outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eigensweep.experiment.sweep.Trial;

/**
 * Trials of a trunk that go the same way after its switch, to the last bit. A rule that does not
 * project never sees the rank: with one switch for all ranks its trials are one trajectory, which
 * is run once. Its rows differ in what the tables work out with the rank.
 *
 * @param trials at least one
 */
public record SharedBranch(List<Trial> trials) {
  /**
   * All trials, in order of the first of each branch. Trials whose rank did not switch stay alone.
   *
   * @param switches rank → state at its switch
   */
  public static List<SharedBranch> of(List<Trial> trials, Map<Integer, SwitchState> switches) {
    List<SharedBranch> branches = new ArrayList<>();
    for (Trial trial : trials) {
      branches.stream()
          .filter(branch -> branch.goesTheWayOf(trial, switches))
          .findFirst()
          .ifPresentOrElse(
              branch -> branch.trials.add(trial),
              () -> branches.add(new SharedBranch(new ArrayList<>(List.of(trial)))));
    }
    return branches;
  }

  private boolean goesTheWayOf(Trial other, Map<Integer, SwitchState> switches) {
    SwitchState here = switches.get(leader().rank());
    SwitchState there = switches.get(other.rank());
    return !other.branch().projects()
        && other.branch().equals(leader().branch())
        && here != null
        && there != null
        && here.isSameStart(there);
  }

  /** The trial that is run for all. */
  public Trial leader() {
    return trials.get(0);
  }
}
