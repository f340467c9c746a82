package org.eigensweep.config;

import java.util.List;
import org.eigensweep.experiment.sweep.Batches;

/**
 * The batch sizes that trunks have: the axis of the sweep, or that of the plan.
 *
 * @param key the setting that gives them
 * @param all the sizes
 */
record BatchSizes(String key, List<Batches> all) {
  static BatchSizes of(Node root, BatchSection reader) {
    List<Node> axis = root.child("sweep").child("batch-sizes").items();
    return axis.isEmpty()
        ? new BatchSizes(
            "eigensweep.training.batch-size",
            List.of(reader.read(root.child("training").child("batch-size"))))
        : new BatchSizes("eigensweep.sweep.batch-sizes", axis.stream().map(reader::read).toList());
  }

  /** Refuses a setting of above 0 that means nothing over all examples, if a trunk has them. */
  void requireMiniBatches(Node setting, String reason) {
    if (all.stream().anyMatch(Batches.Full.class::isInstance)) {
      throw setting.refuse(
          "0 where %s %s full".formatted(key, all.size() == 1 ? "=" : "has"), reason);
    }
  }
}
