package org.eigensweep.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads a settings file. The command line overrides JVM system properties that start with {@code
 * eigensweep.}, these override the file, and the file overrides {@code reference.conf}.
 */
public final class SettingsReader {
  static final String ROOT = "eigensweep";
  private static final String REFERENCE = "reference.conf";

  private SettingsReader() {}

  /** What the settings of a command are made of. */
  private interface Mapper<T> {
    T map(Node root, String resolved, Configuration hadoop);
  }

  /**
   * Reads, merges, resolves and checks the settings of a sweep. Of the files that they name, those
   * that say how large the problem is are looked at; nothing is written.
   *
   * @param file a local HOCON file
   * @param commandLine settings given outside the file; a later one overrides an earlier one
   * @param hadoop the file systems that paths in the settings may name
   * @throws SettingsException at the first thing that cannot be used
   * @throws org.eigensweep.data.DataException if a file that they name cannot be used
   */
  public static Settings read(Path file, List<Assignment> commandLine, Configuration hadoop) {
    return read(file, commandLine, System.getProperties(), hadoop);
  }

  static Settings read(
      Path file, List<Assignment> commandLine, Properties system, Configuration hadoop) {
    return read(Optional.of(file), commandLine, system, hadoop, SettingsMapper::map);
  }

  /**
   * Does the same for the study of a saved network. Every key must be known, but only the values
   * that the study uses are checked.
   *
   * @param file a local HOCON file; where there is none, the defaults hold
   * @param commandLine settings given outside; a later one overrides an earlier one
   * @param hadoop the file systems that paths in the settings may name
   * @throws SettingsException at the first thing that cannot be used
   * @throws org.eigensweep.data.DataException if a file that they name cannot be used
   */
  public static SpectrumSettings spectrum(
      Optional<Path> file, List<Assignment> commandLine, Configuration hadoop) {
    return read(file, commandLine, System.getProperties(), hadoop, SettingsMapper::spectrum);
  }

  private static <T> T read(
      Optional<Path> path,
      List<Assignment> commandLine,
      Properties system,
      Configuration hadoop,
      Mapper<T> mapper) {
    String file = path.map(Path::toString).orElse(REFERENCE);
    try {
      Config settings = path.map(SettingsReader::parse).orElseGet(ConfigFactory::empty);
      return map(settings, overrides(system, commandLine), hadoop, mapper);
    } catch (ConfigException.UnresolvedSubstitution e) {
      throw new SettingsException(
          Origins.describe(e, file) + "; define it, or write ${?...} if it may be missing", e);
    } catch (ConfigException.Parse e) {
      throw new SettingsException(Origins.describe(e, file) + "; correct the syntax", e);
    } catch (ConfigException.WrongType e) {
      // Resolving joins text to substituted values before any key is looked at.
      throw new SettingsException(
          Origins.describe(e, file) + "; only text can be joined to text", e);
    } catch (ConfigException e) {
      throw new SettingsException(Origins.describe(e, file), e);
    }
  }

  private static <T> T map(Config file, Config overrides, Configuration hadoop, Mapper<T> mapper) {
    Config reference = reference();
    Config merged = overrides.withFallback(file).withFallback(reference).resolve();
    KeyCheck.check(reference.root(), merged.root());
    ConfigObject settings = merged.getObject(ROOT);
    Node root = Node.root(ROOT, settings, reference.resolve().getObject(ROOT));
    return mapper.map(root, settings.render(ConfigRenderOptions.concise()), hadoop);
  }

  private static Config parse(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new SettingsException(
          "%s: found %s, expected a settings file; check the path"
              .formatted(file, Files.exists(file) ? "a folder" : "nothing"));
    }
    return ConfigFactory.parseFile(
        file.toFile(),
        options(file.toString())
            .setSyntax(ConfigSyntax.CONF)
            .setIncluder(new Includer(file.toString())));
  }

  private static Config reference() {
    ClassLoader ours = SettingsReader.class.getClassLoader();
    // Other libraries on the class path may bring a reference.conf too.
    return ConfigFactory.parseResources(ours, REFERENCE, options(REFERENCE)).withOnlyPath(ROOT);
  }

  private static ConfigParseOptions options(String description) {
    // Typesafe Config takes a missing file for an empty one unless told otherwise.
    return ConfigParseOptions.defaults().setAllowMissing(false).setOriginDescription(description);
  }

  private static Config overrides(Properties system, List<Assignment> commandLine) {
    List<Assignment> assignments = new ArrayList<>();
    system.stringPropertyNames().stream()
        .filter(name -> name.startsWith(ROOT + "."))
        .sorted()
        .map(name -> new Assignment("-D", name, system.getProperty(name)))
        .forEach(assignments::add);
    assignments.addAll(commandLine);
    Config merged = ConfigFactory.empty();
    for (Assignment assignment : assignments) {
      merged = assignment.config().withFallback(merged);
    }
    return merged;
  }
}
