package org.eigensweep.plugin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * The services of one kind, ours and those of users' jars, which name their classes in {@code
 * META-INF/services}.
 *
 * @param type the interface that they implement
 * @param name what settings call one
 * @param one what messages call it
 * @param many what messages call several
 */
public record Services<K>(Class<K> type, Function<K, String> name, String one, String many) {
  /**
   * All of them by name, in the order in which they are found.
   *
   * @throws IllegalStateException if two have one name
   * @throws java.util.ServiceConfigurationError if one cannot be loaded
   */
  public Map<String, K> all() {
    return byName(ServiceLoader.load(type, loader()));
  }

  /**
   * The one of a name.
   *
   * @throws IllegalStateException if there is none on the class path of this process
   */
  public K named(String wanted) {
    K found = all().get(wanted);
    if (found == null) {
      throw new IllegalStateException(
          "no %s on the class path of this process is named %s".formatted(one, wanted));
    }
    return found;
  }

  Map<String, K> byName(Iterable<K> found) {
    Map<String, K> all = new LinkedHashMap<>();
    for (K service : found) {
      K other = all.put(name.apply(service), service);
      if (other != null) {
        throw new IllegalStateException(
            "two %s are named %s: %s and %s"
                .formatted(
                    many,
                    name.apply(service),
                    other.getClass().getName(),
                    service.getClass().getName()));
      }
    }
    return Collections.unmodifiableMap(all);
  }

  /** Spark gives users' jars to a loader of its own, which it makes that of its threads. */
  private ClassLoader loader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    try {
      if (ofThread != null && ofThread.loadClass(type.getName()) == type) {
        return ofThread;
      }
    } catch (ClassNotFoundException e) {
      // A thread that does not know us has no jars for us.
    }
    return type.getClassLoader();
  }
}
