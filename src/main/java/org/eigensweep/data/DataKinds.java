package org.eigensweep.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** The kinds of data that jars on the class path bring. */
public final class DataKinds {
  private DataKinds() {}

  /**
   * All of them by name, in the order in which they are found.
   *
   * @throws IllegalStateException if two have one name
   * @throws java.util.ServiceConfigurationError if one cannot be loaded
   */
  public static Map<String, DataKind> all() {
    return byName(ServiceLoader.load(DataKind.class, DataKind.class.getClassLoader()));
  }

  static Map<String, DataKind> byName(Iterable<DataKind> kinds) {
    Map<String, DataKind> all = new LinkedHashMap<>();
    for (DataKind kind : kinds) {
      DataKind other = all.put(kind.name(), kind);
      if (other != null) {
        throw new IllegalStateException(
            "two kinds of data are named %s: %s and %s"
                .formatted(kind.name(), other.getClass().getName(), kind.getClass().getName()));
      }
    }
    return Collections.unmodifiableMap(all);
  }
}
