package org.eigensweep.config;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eigensweep.experiment.sweep.Recipe;
import org.eigensweep.experiment.sweep.Setting;
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
        setting(fields, "batch-size", batches::read),
        setting(fields, "learning-rate", RecipeSection::rate),
        setting(fields, "schedule", node -> ScheduleSection.read(node, steps)));
  }

  private static <T extends Serializable> Setting<T> setting(
      Map<String, Node> fields, String name, Function<Node, T> read) {
    return field(fields, name).map(read).map(Setting::of).orElseGet(Setting::inherited);
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

  private static double rate(Node node) {
    return node.number("a number above 0", x -> x > 0);
  }
}
