package org.eigensweep.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;

/** Settings files for tests, read without the JVM's own properties. */
final class SettingsFiles {
  private SettingsFiles() {}

  static Path write(Path folder, String text) {
    try {
      return Files.writeString(folder.resolve("test.conf"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Settings read(Path file, Assignment... commandLine) {
    return SettingsReader.read(file, List.of(commandLine), new Properties(), new Configuration());
  }
}
