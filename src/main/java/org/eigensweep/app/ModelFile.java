package org.eigensweep.app;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.FileSystems;
import org.eigensweep.network.saved.SavedNetwork;

/** The file of a saved network, on any file system that Hadoop is configured for. */
final class ModelFile {
  private static final String EXPECTED = "expected a zip that DL4J's ModelSerializer wrote";

  private ModelFile() {}

  /**
   * Reads the network.
   *
   * @param file a Hadoop path
   * @param hadoop the file systems
   * @throws DataException if there is no such file, or no such network in it
   */
  static SavedNetwork read(String file, Configuration hadoop) {
    try {
      return SavedNetwork.read(file, bytes(file, hadoop));
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  private static byte[] bytes(String file, Configuration hadoop) {
    try {
      Path path = new Path(file);
      FileSystem files = FileSystems.of(path, hadoop);
      FileStatus status = files.getFileStatus(path);
      if (!status.isFile()) {
        throw new DataException("%s: a folder, %s".formatted(file, EXPECTED));
      }
      requireRoom(file, status.getLen());
      try (InputStream in = files.open(path)) {
        byte[] bytes = in.readNBytes((int) mostBytes());
        requireRoom(file, in.read() < 0 ? bytes.length : Long.MAX_VALUE); // a device has no length
        return bytes;
      }
    } catch (FileNotFoundException e) {
      throw new DataException("%s: no such file, %s".formatted(file, EXPECTED), e);
    } catch (IOException | IllegalArgumentException e) {
      // Hadoop reports a malformed path and an unknown host as illegal arguments.
      throw new DataException(
          "%s: cannot be read (%s), %s".formatted(file, e.getMessage(), EXPECTED), e);
    }
  }

  /** A file that fits into half of the heap, and into an array. */
  private static long mostBytes() {
    return Math.min(Runtime.getRuntime().maxMemory() / 2, Integer.MAX_VALUE - 8);
  }

  private static void requireRoom(String file, long bytes) {
    if (bytes > mostBytes()) {
      throw new DataException(
          "%s: %s bytes, expected at most %d, half of the Java heap and no more than 2 GiB: raise EIGENSWEEP_DRIVER_MEMORY"
              .formatted(file, bytes == Long.MAX_VALUE ? "more" : bytes, mostBytes()));
    }
  }

  /** The last part of its path. */
  static String name(String file) {
    return new Path(file).getName();
  }
}
