package org.eigensweep.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Where a value stands, in the words that messages use. */
final class Origins {
  private static final String MERGED = "merge of ";

  private Origins() {}

  /** {@code file:line} for a value from a file, {@code --set}, {@code -D} or {@code env var X}. */
  static String describe(ConfigOrigin origin) {
    String place = origin.withLineNumber(-1).description();
    if (place.startsWith(MERGED)) {
      // An object that stands in several places: naming the first is enough to find it.
      place = place.substring(MERGED.length()).replaceFirst(",.*", "");
      return place.replaceFirst(": (\\d+)(-\\d+)?$", ":$1").replaceFirst("^(-.*):\\d+$", "$1");
    }
    boolean commandLine = place.startsWith("-");
    return commandLine || origin.lineNumber() < 0 ? place : place + ":" + origin.lineNumber();
  }

  /**
   * The values of a section by line, then key: objects keep no order, and the first mistake in the
   * file is to be the one that is reported.
   */
  static List<Map.Entry<String, ConfigValue>> byLine(ConfigObject section) {
    return section.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, ConfigValue>>comparingInt(
                    e -> e.getValue().origin().lineNumber())
                .thenComparing(Map.Entry::getKey))
        .toList();
  }

  /** The same place, for an exception that may or may not know its origin, with its own words. */
  static String describe(ConfigException e, String file) {
    if (e.origin() == null) {
      return file + ": " + e.getMessage();
    }
    String prefix = e.origin().description() + ": ";
    String message = e.getMessage();
    return describe(e.origin())
        + ": "
        + (message.startsWith(prefix) ? message.substring(prefix.length()) : message);
  }
}
