package org.eigensweep.network.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigensweep.network.dl4j.Dl4jActivations;
import org.eigensweep.network.layer.Layer;
import org.eigensweep.network.layer.Nonlinearity;
import org.eigensweep.network.layer.Pointwise;
import org.nd4j.linalg.activations.IActivation;

/**
 * The derivative rules of a part of a DL4J network, in order.
 *
 * @param rules often one, none for what moves nothing
 * @param after how what leaves the part is laid out
 */
record Dl4jStep(List<Layer> rules, Dl4jLayout after) {
  Dl4jStep {
    rules = List.copyOf(rules);
  }

  /** A part that leaves its input as it is. */
  static Dl4jStep none(Dl4jLayout after) {
    return new Dl4jStep(List.of(), after);
  }

  /** A part with one rule. */
  static Dl4jStep of(Layer rule, Dl4jLayout after) {
    return new Dl4jStep(List.of(rule), after);
  }

  /**
   * The same, followed by an activation.
   *
   * @throws IllegalArgumentException naming an activation without a rule
   */
  Dl4jStep activated(IActivation function) {
    Optional<Nonlinearity> rule = Dl4jActivations.rule(function);
    if (rule.isEmpty()) {
      return this;
    }
    List<Layer> both = new ArrayList<>(rules);
    both.add(new Pointwise(rule.get()));
    return new Dl4jStep(both, after);
  }
}
