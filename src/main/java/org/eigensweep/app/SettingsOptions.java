package org.eigensweep.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eigensweep.config.Assignment;
import org.eigensweep.config.Settings;
import org.eigensweep.config.SettingsReader;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The settings file and what overrides it, for every command that takes one. */
final class SettingsOptions {
  @Parameters(paramLabel = "CONF", description = "Settings file (HOCON).")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a setting, for example training.steps=100. Repeatable.")
  private final List<String> set = new ArrayList<>();

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "The same, as in -Dtraining.steps=100; --set wins.")
  private final List<String> define = new ArrayList<>();

  /**
   * Reads the settings.
   *
   * @throws org.eigensweep.config.SettingsException if they cannot be used
   */
  Settings read() {
    List<Assignment> assignments = new ArrayList<>();
    define.forEach(text -> assignments.add(Assignment.parse("-D", text)));
    set.forEach(text -> assignments.add(Assignment.parse("--set", text)));
    return SettingsReader.read(file, assignments);
  }
}
