package org.eigensweep.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * The code that runs.
 *
 * @param version version of the project
 * @param commit Git commit it was built from, or {@code unknown}
 */
record BuildInfo(String version, String commit) {
  private static final String RESOURCE = "build.properties";

  /** What the build left on the class path. */
  static BuildInfo read() {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
    String commit = properties.getProperty("commit");
    // Outside a Git checkout the build leaves the placeholder or nothing.
    boolean known = commit.matches("[0-9a-f]{40}.*");
    return new BuildInfo(properties.getProperty("version"), known ? commit : "unknown");
  }

  /** What results go back to: the resolved settings, and the code that runs. */
  static Map<String, String> provenance(String settings) {
    BuildInfo build = read();
    return Map.of("settings", settings, "version", build.version(), "commit", build.commit());
  }

  /** The line of {@code --version}. */
  static final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      BuildInfo build = read();
      return new String[] {"eigensweep %s (commit %s)".formatted(build.version(), build.commit())};
    }
  }
}
