package org.eigensweep.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.config.Assignment;
import org.eigensweep.config.Settings;
import org.eigensweep.config.SettingsReader;
import org.eigensweep.config.SpectrumSettings;
import picocli.CommandLine.Option;

/** What overrides a settings file, for every command that takes settings. */
final class SettingsOptions {
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
   * Reads the settings of a sweep from a file.
   *
   * @param hadoop the file systems that they may name
   * @throws org.eigensweep.config.SettingsException if they cannot be used
   */
  Settings read(Path file, Configuration hadoop) {
    return read(file, List.of(), hadoop);
  }

  /**
   * Reads the settings of a sweep from a file.
   *
   * @param others further settings, which these options override
   * @param hadoop the file systems that they may name
   * @throws org.eigensweep.config.SettingsException if they cannot be used
   */
  Settings read(Path file, List<Assignment> others, Configuration hadoop) {
    return SettingsReader.read(file, assignments(others), hadoop);
  }

  /**
   * Reads what the study of a saved network uses of a file, or the defaults where there is none.
   *
   * @param others further settings, which these options override
   * @param hadoop the file systems that they may name
   * @throws org.eigensweep.config.SettingsException if they cannot be used
   */
  SpectrumSettings readSpectrum(
      Optional<Path> file, List<Assignment> others, Configuration hadoop) {
    return SettingsReader.spectrum(file, assignments(others), hadoop);
  }

  private List<Assignment> assignments(List<Assignment> others) {
    List<Assignment> assignments = new ArrayList<>(others);
    define.forEach(text -> assignments.add(Assignment.parse("-D", text)));
    set.forEach(text -> assignments.add(Assignment.parse("--set", text)));
    return assignments;
  }
}
