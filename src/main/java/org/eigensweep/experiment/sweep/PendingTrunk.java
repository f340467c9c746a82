package org.eigensweep.experiment.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A trunk and those of its trials that are still to be run.
 *
 * @param trunk the trunk, with the ranks of these trials alone: no rank's numbers depend on which
 *     others are followed
 * @param trials at least one trial of this trunk
 */
public record PendingTrunk(Trunk trunk, List<Trial> trials) {
  /** All trials of the sweep but the finished ones, by trunk. */
  public static List<PendingTrunk> remaining(Sweep sweep, Set<String> finished) {
    List<PendingTrunk> work = new ArrayList<>();
    for (Trunk trunk : sweep.trunks()) {
      List<Trial> trials = trunk.trials().stream().filter(t -> !finished.contains(t.id())).toList();
      if (!trials.isEmpty()) {
        List<Integer> ranks = trials.stream().map(Trial::rank).distinct().toList();
        work.add(new PendingTrunk(trunk.withRanks(ranks), trials));
      }
    }
    return work;
  }
}
