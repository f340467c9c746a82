package org.eigensweep.data;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The file systems that Hadoop is configured for. */
public final class FileSystems {
  private FileSystems() {}

  /**
   * The file system of a path.
   *
   * @throws IOException if there is none for its scheme, or its class is not on the class path
   * @throws IllegalArgumentException if the host is unknown
   */
  public static FileSystem of(Path path, Configuration hadoop) throws IOException {
    return opened(path, () -> path.getFileSystem(hadoop));
  }

  /**
   * The file system of a path, for the caller alone, who closes it.
   *
   * @throws IOException if there is none for its scheme, or its class is not on the class path
   * @throws IllegalArgumentException if the host is unknown
   */
  public static FileSystem apart(Path path, Configuration hadoop) throws IOException {
    return opened(path, () -> FileSystem.newInstance(path.toUri(), hadoop));
  }

  private interface Opening {
    FileSystem open() throws IOException;
  }

  private static FileSystem opened(Path path, Opening opening) throws IOException {
    try {
      return opening.open();
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ClassNotFoundException) {
          throw new IOException(
              "%s, which serves %s: its jar is not on the class path"
                  .formatted(cause.getMessage(), path.toUri().getScheme() + "://"),
              e);
        }
      }
      throw e;
    }
  }
}
