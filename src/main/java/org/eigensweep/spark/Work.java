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
 * @param trunk the trunk, with all ranks of the sweep: what is finished must not change what is
 *     left
 * @param trials at least one trial of this trunk
 */
record Work(Trunk trunk, List<Trial> trials) {
  /** All trials of the sweep but the finished ones, by trunk. */
  static List<Work> remaining(Sweep sweep, Set<String> finished) {
    List<Work> work = new ArrayList<>();
    for (Trunk trunk : sweep.trunks()) {
      List<Trial> trials = trunk.trials().stream().filter(t -> !finished.contains(t.id())).toList();
      if (!trials.isEmpty()) {
        work.add(new Work(trunk, trials));
      }
    }
    return work;
  }
}
