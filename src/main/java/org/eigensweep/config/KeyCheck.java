package org.eigensweep.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;

/** Refuses keys that {@code reference.conf} does not have, and sections that are not objects. */
final class KeyCheck {
  private final NearestKey nearest;

  private KeyCheck(ConfigObject reference) {
    this.nearest = new NearestKey(reference);
  }

  /**
   * Compares two trees, key by key.
   *
   * @param reference all known keys, unresolved, so that a key whose default may be missing counts
   * @param given the merged settings, resolved
   * @throws SettingsException at the first unknown key
   */
  static void check(ConfigObject reference, ConfigObject given) {
    new KeyCheck(reference).check(List.of(), reference, given);
  }

  private void check(List<String> prefix, ConfigObject known, ConfigObject given) {
    for (Map.Entry<String, ConfigValue> entry : Origins.byLine(given)) {
      List<String> path = NearestKey.append(prefix, entry.getKey());
      ConfigValue value = entry.getValue();
      ConfigValue expected = known.get(entry.getKey());
      if (expected == null) {
        throw refuse(path, value, "unknown key; did you mean %s?".formatted(nearest.to(path)));
      }
      if (expected instanceof ConfigObject section) {
        if (!(value instanceof ConfigObject nested)) {
          String found = value.render(ConfigRenderOptions.concise());
          throw refuse(
              path,
              value,
              "found %s, expected a section; write its keys in braces".formatted(found));
        }
        check(path, section, nested);
      }
    }
  }

  private static SettingsException refuse(List<String> path, ConfigValue at, String problem) {
    return new SettingsException(
        "%s: %s: %s".formatted(Origins.describe(at.origin()), ConfigUtil.joinPath(path), problem));
  }
}
