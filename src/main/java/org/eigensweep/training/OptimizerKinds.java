package org.eigensweep.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** The kinds of base optimisers on the class path, ours first. */
public final class OptimizerKinds {
  private OptimizerKinds() {}

  /**
   * All of them by name, in the order in which they are found.
   *
   * @throws IllegalStateException if two have one name
   * @throws java.util.ServiceConfigurationError if one cannot be loaded
   */
  public static Map<String, OptimizerKind> all() {
    ClassLoader ours = OptimizerKind.class.getClassLoader();
    return byName(ServiceLoader.load(OptimizerKind.class, ours));
  }

  static Map<String, OptimizerKind> byName(Iterable<OptimizerKind> kinds) {
    Map<String, OptimizerKind> all = new LinkedHashMap<>();
    for (OptimizerKind kind : kinds) {
      OptimizerKind other = all.put(kind.name(), kind);
      if (other != null) {
        throw new IllegalStateException(
            "two optimisers are named %s: %s and %s"
                .formatted(kind.name(), other.getClass().getName(), kind.getClass().getName()));
      }
    }
    return Collections.unmodifiableMap(all);
  }

  /** The kind of a name, on the class path of this process. */
  static OptimizerKind named(String name) {
    OptimizerKind kind = all().get(name);
    if (kind == null) {
      throw new IllegalStateException(
          "no optimiser on the class path of this process is named " + name);
    }
    return kind;
  }
}
