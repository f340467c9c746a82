package org.eigensweep.spark;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.experiment.sweep.PendingTrunk;
import org.eigensweep.spark.output.Checkpoints;

/**
 * What a sweep leaves that is told to end before its time, in words.
 *
 * @param trials of the sweep
 * @param finished those whose tables are written
 * @param trunks that have a checkpoint
 * @param branches that have a checkpoint
 * @param output folder of the tables
 */
record Leftover(int trials, int finished, long trunks, long branches, String output) {
  static Leftover of(
      int trials, int finished, List<PendingTrunk> work, Checkpoints kept, String output) {
    return new Leftover(
        trials,
        finished,
        work.stream().filter(it -> kept.has(it.trunk())).count(),
        work.stream().flatMap(it -> it.trials().stream()).filter(kept::has).count(),
        output);
  }

  /** As in "stopped: 2 of 9 trials are finished in out; the same command runs the others". */
  String words() {
    String done =
        "stopped: %s of %d trials %s finished in %s"
            .formatted(
                finished == 0 ? "none" : finished, trials, finished > 1 ? "are" : "is", output);
    List<String> points = new ArrayList<>();
    if (trunks > 0) {
      points.add(trunks == 1 ? "1 trunk" : trunks + " trunks");
    }
    if (branches > 0) {
      points.add(branches == 1 ? "1 branch" : branches + " branches");
    }
    return points.isEmpty()
        ? "%s; the same command runs %s"
            .formatted(done, finished == 0 ? "them from their start" : "the others")
        : "%s, which has checkpoints of %s; the same command goes on from them"
            .formatted(done, String.join(" and ", points));
  }
}
