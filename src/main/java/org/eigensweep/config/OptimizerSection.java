package org.eigensweep.config;

import java.util.Map;
import org.eigensweep.training.OptimizerSettings;

/** An optimiser. */
final class OptimizerSection {
  private OptimizerSection() {}

  static OptimizerSettings read(Node node) {
    return node.word(Map.of("sgd", OptimizerSettings.SGD));
  }
}
