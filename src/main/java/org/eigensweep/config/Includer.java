package org.eigensweep.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigParseable;
import com.typesafe.config.ConfigSyntax;
import java.io.File;
import java.net.URL;

/**
 * Reads the files that a settings file includes. A relative path starts at the folder of the file
 * that includes it. A file that is missing is refused: Typesafe Config takes it for an empty one,
 * and a mistyped path would run the defaults.
 *
 * @param file the file that includes, for messages
 */
record Includer(String file)
    implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
  private static final String URL_VARIABLE = "EIGENSWEEP_INCLUDE_URL";

  /** Ours stands alone, so that no other finds an empty file. */
  @Override
  public ConfigIncluder withFallback(ConfigIncluder fallback) {
    return this;
  }

  @Override
  public ConfigObject include(ConfigIncludeContext context, String what) {
    ConfigParseable found = context.relativeTo(what);
    if (found == null) {
      throw missing(what, null);
    }
    try {
      return found.parse(options(context, found.origin().description()));
    } catch (ConfigException.IO e) {
      throw missing(what, e);
    }
  }

  @Override
  public ConfigObject includeFile(ConfigIncludeContext context, File what) {
    try {
      return ConfigFactory.parseFile(what, options(context, what.toString())).root();
    } catch (ConfigException.IO e) {
      throw missing(what.toString(), e);
    }
  }

  /** Settings of another machine may change between two runs: they must be asked for. */
  @Override
  public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
    if (!"allow".equals(System.getenv(URL_VARIABLE))) {
      throw new SettingsException(
          "%s: include url(\"%s\"): expected a file; fetch it and include the file, or set the environment variable %s=allow"
              .formatted(file, what, URL_VARIABLE));
    }
    try {
      return ConfigFactory.parseURL(what, options(context, what.toString())).root();
    } catch (ConfigException.IO e) {
      throw missing(what.toString(), e);
    }
  }

  @Override
  public ConfigObject includeResources(ConfigIncludeContext context, String what) {
    try {
      return ConfigFactory.parseResources(what, options(context, what)).root();
    } catch (ConfigException.IO e) {
      throw missing(what, e);
    }
  }

  private static ConfigParseOptions options(ConfigIncludeContext context, String included) {
    return context
        .parseOptions()
        .setAllowMissing(false)
        .setSyntax(ConfigSyntax.CONF)
        .setIncluder(new Includer(included));
  }

  private SettingsException missing(String what, ConfigException.IO cause) {
    return new SettingsException(
        "%s: include \"%s\": found nothing, expected a settings file; correct the path, which starts at the folder of this file"
            .formatted(file, what),
        cause);
  }
}
