package org.eigensweep.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The file of a trunk that is kept for trials yet to come. */
final class KeptTrunk {
  private KeptTrunk() {}

  /** The file of a trunk in an output folder; null if it is not there yet. */
  static Path in(Path output, String trunk) {
    try (Stream<Path> files = Files.list(output.resolve("trunks"))) {
      return files
          .filter(file -> file.getFileName().toString().matches(trunk + "-[0-9a-f]{12}"))
          .filter(Files::isRegularFile)
          .findFirst()
          .orElse(null);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
