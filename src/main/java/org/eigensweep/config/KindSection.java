package org.eigensweep.config;

import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eigensweep.plugin.Services;
import org.eigensweep.training.Kind;
import org.eigensweep.training.Parameter;

/** Kinds that are found on the class path, and the parameters that settings give them. */
final class KindSection {
  private KindSection() {}

  /**
   * All of them by name.
   *
   * @param node where the settings name one, for the refusal of jars that cannot be used
   */
  static <K> Map<String, K> kinds(Node node, Services<K> services) {
    try {
      return services.all();
    } catch (IllegalStateException | ServiceConfigurationError e) {
      throw unusable(node, services, e.getMessage());
    }
  }

  /** Those of jars alone, none of which may have a name of ours. */
  static <K> Map<String, K> beside(Set<String> ours, Node node, Services<K> services) {
    Map<String, K> brought = kinds(node, services);
    brought.forEach(
        (name, kind) -> {
          if (ours.contains(name)) {
            String why =
                "%s is named %s, as one of ours".formatted(kind.getClass().getName(), name);
            throw unusable(node, services, why);
          }
        });
    return brought;
  }

  private static SettingsException unusable(Node node, Services<?> services, String why) {
    return node.refuse(
        "%s on the class path that can be told apart and loaded (%s)"
            .formatted(services.many(), why),
        "take the jar that brings the wrong one off the class path");
  }

  /** Parameter → value, in order of the names; what the choice leaves out has its default. */
  static SortedMap<String, Double> values(Choice choice, Kind kind) {
    choice.with(kind.parameters().stream().map(Parameter::name).toList());
    SortedMap<String, Double> values = new TreeMap<>();
    for (Parameter parameter : kind.parameters()) {
      Node value = choice.parameter(parameter.name(), parameter.standard());
      values.put(parameter.name(), value.number(parameter.expected(), parameter.check()));
    }
    return values;
  }
}
