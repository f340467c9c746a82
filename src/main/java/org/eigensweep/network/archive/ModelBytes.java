package org.eigensweep.network.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.FileSystems;

/** The bytes of a user's file of a network, on any file system that Hadoop is configured for. */
public final class ModelBytes {
  private static final int MOST_LISTED = 10;

  private ModelBytes() {}

  /**
   * Reads a file whole.
   *
   * @param file a Hadoop path
   * @param expected what it should be, for messages, as in "expected a zip"
   * @param hadoop the file systems
   * @throws DataException if there is no such file, or it is larger than half of the heap
   */
  public static byte[] read(String file, String expected, Configuration hadoop) {
    try {
      Path path = new Path(file);
      FileSystem files = FileSystems.of(path, hadoop);
      FileStatus status = status(file, files, path, expected);
      if (!status.isFile()) {
        throw new DataException("%s: a folder, %s".formatted(file, expected));
      }
      requireRoom(file, status.getLen());
      try (InputStream in = files.open(path)) {
        byte[] bytes = in.readNBytes((int) mostBytes());
        requireRoom(file, in.read() < 0 ? bytes.length : Long.MAX_VALUE); // a device has no length
        return bytes;
      }
    } catch (IOException | IllegalArgumentException e) {
      // Hadoop reports a malformed path and an unknown host as illegal arguments.
      throw new DataException(
          "%s: cannot be read (%s), %s".formatted(file, e.getMessage(), expected), e);
    }
  }

  private static FileStatus status(String file, FileSystem files, Path path, String expected)
      throws IOException {
    try {
      return files.getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new DataException(
          "%s: no such file, %s%s".formatted(file, expected, besides(files, path)), e);
    }
  }

  /** The zips beside a file that is not there: a step or a trial may be misspelt. */
  private static String besides(FileSystem files, Path path) {
    try {
      List<String> zips = zips(files, path.getParent());
      return zips.isEmpty() ? "" : "; the folder has " + some(zips);
    } catch (IOException | RuntimeException e) {
      return ""; // there is no folder either, or none that can be listed
    }
  }

  /** The names of the zips in a folder, sorted. */
  public static List<String> zips(FileSystem files, Path folder) throws IOException {
    return Arrays.stream(files.listStatus(folder))
        .map(status -> status.getPath().getName())
        .filter(name -> name.endsWith(".zip"))
        .sorted()
        .toList();
  }

  /** The first of some names, and how many more there are: a sweep may have thousands. */
  public static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(MOST_LISTED, names.size())));
    int more = names.size() - MOST_LISTED;
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
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
}
