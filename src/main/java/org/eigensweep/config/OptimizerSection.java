package org.eigensweep.config;

import java.util.Map;
import org.eigensweep.training.OptimizerKind;
import org.eigensweep.training.OptimizerSettings;

/** A base optimiser: the name of its kind, or a section with the kind and parameters. */
final class OptimizerSection {
  private OptimizerSection() {}

  /** The optimiser, without SAM. */
  static OptimizerSettings read(Node node) {
    Map<String, OptimizerKind> kinds = KindSection.kinds(node, OptimizerKind.ALL);
    Choice choice = Choice.of(node, kinds.keySet());
    return new OptimizerSettings(
        choice.word(), KindSection.values(choice, kinds.get(choice.word())));
  }

  /** The radius of SAM's ascent, for {@link OptimizerSettings#withSam}. */
  static double sam(Node node) {
    return node.number("a radius of at least 0", x -> x >= 0);
  }
}
