package org.eigensweep.spark.file;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.FileSystems;

/**
 * File systems that keep no file beside each file. On a local disk Hadoop would keep a checksum so;
 * what is written here has a SHA-256 of its own.
 */
public final class PlainFiles {
  private PlainFiles() {}

  /** A path as people write it: in the local file system without a scheme. */
  public static String written(Path path) {
    boolean here = "file".equals(path.toUri().getScheme());
    return (here ? Path.getPathWithoutSchemeAndAuthority(path) : path).toString();
  }

  /**
   * The file system of a path.
   *
   * @throws IOException if there is none for its scheme, or its class is not on the class path
   * @throws IllegalArgumentException if the host is unknown
   */
  public static FileSystem of(Path path, Configuration hadoop) throws IOException {
    FileSystem files = FileSystems.of(path, hadoop);
    return files instanceof LocalFileSystem local ? local.getRaw() : files;
  }
}
