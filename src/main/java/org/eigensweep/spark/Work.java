package org.eigensweep.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eigensweep.experiment.Sweep;
import org.eigensweep.experiment.Trial;
import org.eigensweep.experiment.Trunk;

/**
 * A trunk and those of its trials that are still to be run.
 *
 * @param trunk the trunk, reduced to the ranks that still need their switch
 * @param trials at least one trial of this trunk
 */
record Work(Trunk trunk, List<Trial> trials) {
  /** All trials of the sweep but the finished ones, by trunk. */
  static List<Work> remaining(Sweep sweep, Set<String> finished) {
    List<Work> work = new ArrayList<>();
    for (Trunk trunk : sweep.trunks()) {
      List<Trial> trials = trunk.trials().stream().filter(t -> !finished.contains(t.id())).toList();
      if (!trials.isEmpty()) {
        List<Integer> ranks = trials.stream().map(Trial::rank).distinct().toList();
        work.add(
            new Work(new Trunk(trunk.learningRate(), trunk.seed(), ranks, trunk.rules()), trials));
      }
    }
    return work;
  }
}
