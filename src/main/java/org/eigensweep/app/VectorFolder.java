package org.eigensweep.app;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.data.FileSystems;
import org.eigensweep.report.NumpyFile;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.NewFile;

/**
 * A new folder of NumPy files, on any file system that Hadoop is configured for. It appears when
 * all its files are complete: they are written into a folder beside it, which is then renamed.
 */
final class VectorFolder implements AutoCloseable {
  private final String given;
  private final FileSystem files;
  private final Path folder;

  private VectorFolder(String given, FileSystem files, Path folder) {
    this.given = given;
    this.files = files;
    this.folder = folder;
  }

  /**
   * Looks whether the folder can be made; makes nothing yet.
   *
   * @param given a Hadoop path
   * @param hadoop the file systems
   * @throws OutputException if something is there, but for an empty folder, or no file system
   *     serves the path
   */
  static VectorFolder open(String given, Configuration hadoop) {
    try {
      Path path = new Path(given);
      // One of our own: whether checksums lie beside its files must be nobody else's business.
      FileSystem files = FileSystems.apart(path, hadoop);
      files.setWriteChecksum(false);
      VectorFolder opened = new VectorFolder(given, files, files.makeQualified(path));
      opened.requireFree();
      return opened;
    } catch (IOException | IllegalArgumentException e) {
      throw new OutputException(
          "%s: cannot be reached (%s), expected a folder on a file system that Hadoop is configured for"
              .formatted(given, e.getMessage()),
          e);
    }
  }

  private void requireFree() throws IOException {
    if (folder.isRoot() || (files.exists(folder) && !isEmptyFolder())) {
      throw new OutputException(
          "%s is there already, expected a new folder for the vectors; choose another or delete it"
              .formatted(given));
    }
  }

  private boolean isEmptyFolder() throws IOException {
    return files.getFileStatus(folder).isDirectory() && files.listStatus(folder).length == 0;
  }

  /**
   * Writes the files and then the folder.
   *
   * @param matrices by name of the file
   * @throws OutputException if that fails; nothing is left then
   */
  void write(Map<String, HostMatrix> matrices) {
    Path unfinished =
        new Path(folder.getParent(), "." + folder.getName() + "-" + UUID.randomUUID());
    try {
      for (Map.Entry<String, HostMatrix> entry : matrices.entrySet()) {
        NewFile.write(
            files,
            new Path(unfinished, entry.getKey()),
            out -> NumpyFile.write(entry.getValue(), out));
      }
      files.delete(folder, false); // an empty one, if any: renaming would go into it
      if (!files.rename(unfinished, folder)) {
        throw new IOException("the file system refused to rename " + unfinished);
      }
    } catch (IOException e) {
      remove(unfinished, e);
      throw new OutputException(
          "%s: cannot be written (%s), expected a folder that can be made; choose another"
              .formatted(given, e.getMessage()),
          e);
    }
  }

  private void remove(Path unfinished, IOException cause) {
    try {
      files.delete(unfinished, true);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
