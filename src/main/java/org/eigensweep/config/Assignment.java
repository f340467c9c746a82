package org.eigensweep.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One setting given outside the file.
 *
 * @param origin how it was given, {@code --set} or {@code -D}: messages name it in place of a file
 * @param key the key, with or without the leading {@code eigensweep.}
 * @param value a number, a list, an object or a quoted string as in HOCON; anything else is taken
 *     as a string as it stands, so that paths need no quotes
 */
public record Assignment(String origin, String key, String value) {
  // HOCON would read the // of hdfs://... as a comment, so only what cannot be a path is parsed.
  private static final Pattern HOCON =
      Pattern.compile("[\\[{\"].*|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?", Pattern.DOTALL);

  /**
   * Splits {@code key=value} at its first equals sign.
   *
   * @throws SettingsException if there is none, or nothing before it
   */
  public static Assignment parse(String origin, String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new SettingsException(
          "%s: found %s, expected key=value; write for example training.steps=100"
              .formatted(origin, ConfigUtil.quoteString(text)));
    }
    return new Assignment(
        origin, text.substring(0, equals).strip(), text.substring(equals + 1).strip());
  }

  Config config() {
    String literal = HOCON.matcher(value).matches() ? value : ConfigUtil.quoteString(value);
    return ConfigFactory.parseString(
        ConfigUtil.joinPath(path()) + " = " + literal,
        ConfigParseOptions.defaults().setOriginDescription(origin));
  }

  private List<String> path() {
    List<String> path = new ArrayList<>();
    try {
      path.addAll(ConfigUtil.splitPath(key));
    } catch (ConfigException.BadPath e) {
      throw new SettingsException(
          "%s: found the key %s, expected names joined by dots; write for example training.steps=100"
              .formatted(origin, ConfigUtil.quoteString(key)),
          e);
    }
    if (!path.get(0).equals(SettingsReader.ROOT)) {
      path.add(0, SettingsReader.ROOT);
    }
    return path;
  }
}
