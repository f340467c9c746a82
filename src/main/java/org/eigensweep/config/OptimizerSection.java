package org.eigensweep.config;

import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eigensweep.training.OptimizerKind;
import org.eigensweep.training.OptimizerKinds;
import org.eigensweep.training.OptimizerParameter;
import org.eigensweep.training.OptimizerSettings;

/** A base optimiser: the name of its kind, or a section with the kind and parameters. */
final class OptimizerSection {
  private OptimizerSection() {}

  /** The optimiser, without SAM. */
  static OptimizerSettings read(Node node) {
    Map<String, OptimizerKind> kinds = kinds(node);
    Choice choice = Choice.of(node, kinds.keySet());
    List<OptimizerParameter> parameters = kinds.get(choice.word()).parameters();
    choice.with(parameters.stream().map(OptimizerParameter::name).toList());
    SortedMap<String, Double> values = new TreeMap<>();
    for (OptimizerParameter parameter : parameters) {
      Node value = choice.parameter(parameter.name(), parameter.standard());
      values.put(parameter.name(), value.number(parameter.expected(), parameter.check()));
    }
    return new OptimizerSettings(choice.word(), values);
  }

  /** The radius of SAM's ascent, for {@link OptimizerSettings#withSam}. */
  static double sam(Node node) {
    return node.number("a radius of at least 0", x -> x >= 0);
  }

  private static Map<String, OptimizerKind> kinds(Node node) {
    try {
      return OptimizerKinds.all();
    } catch (IllegalStateException | ServiceConfigurationError e) {
      throw node.refuse(
          "optimisers on the class path that can be told apart and loaded (%s)"
              .formatted(e.getMessage()),
          "take the jar that brings the wrong one off the class path");
    }
  }
}
