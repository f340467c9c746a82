package org.eigensweep.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The checkpoint of a trunk or a branch. */
final class KeptPart {
  private KeptPart() {}

  /** The file of a trunk or a branch in an output folder; null if it is not there yet. */
  static Path in(Path output, String part) {
    try (Stream<Path> files = Files.list(output.resolve("checkpoints"))) {
      return files
          .filter(file -> file.getFileName().toString().matches(part + "-[0-9a-f]{12}"))
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
