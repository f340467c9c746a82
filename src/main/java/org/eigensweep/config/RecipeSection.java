package org.eigensweep.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eigensweep.experiment.sweep.BatchChoice;
import org.eigensweep.experiment.sweep.RateChoice;
import org.eigensweep.experiment.sweep.Recipe;
import org.eigensweep.experiment.sweep.ScheduleChoice;
import org.eigensweep.training.OptimizerSettings;

/**
 * What a phase or a branch says of its updates. What it leaves out is the trunk's.
 *
 * @param trunks the optimiser that a trunk ends with
 * @param batches reads examples of a step
 */
record RecipeSection(OptimizerSettings trunks, BatchSection batches) {
  /** The keys that it reads. */
  static final Set<String> KEYS =
      Set.of("optimizer", "sam", "batch-size", "learning-rate", "schedule");

  /**
   * Reads the keys that are there.
   *
   * @param fields key → value
   * @param steps that the phase or the branch can have
   */
  Recipe read(Map<String, Node> fields, int steps) {
    return new Recipe(
        optimizer(fields),
        field(fields, "batch-size")
            .<BatchChoice>map(node -> new BatchChoice.Own(batches.read(node)))
            .orElse(new BatchChoice.Inherited()),
        field(fields, "learning-rate").map(RecipeSection::rate).orElse(new RateChoice.Inherited()),
        field(fields, "schedule")
            .<ScheduleChoice>map(node -> new ScheduleChoice.Own(ScheduleSection.read(node, steps)))
            .orElse(new ScheduleChoice.Inherited()));
  }

  private OptimizerSettings optimizer(Map<String, Node> fields) {
    return field(fields, "optimizer")
        .map(OptimizerSection::read)
        .orElse(trunks)
        .withSam(field(fields, "sam").map(OptimizerSection::sam).orElse(trunks.sam()));
  }

  private static Optional<Node> field(Map<String, Node> fields, String name) {
    return Optional.ofNullable(fields.get(name));
  }

  private static RateChoice rate(Node node) {
    return new RateChoice.Own(node.number("a number above 0", x -> x > 0));
  }
}
