package org.eigensweep.spark;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.spark.failure.Failures;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.NewFile;
import org.eigensweep.spark.file.PlainFiles;

/**
 * Where a report and its figures go: files on any file system that Hadoop opens.
 *
 * @param hadoop the file systems
 */
public record ReportFiles(Configuration hadoop) {
  /**
   * Makes sure that a file has a folder to be in.
   *
   * @throws OutputException if it has not, or is a folder itself
   */
  public void requirePlace(String file) {
    try {
      Path path = new Path(file);
      FileSystem system = PlainFiles.of(path, hadoop);
      Path folder = system.makeQualified(path).getParent();
      if (folder == null || !system.exists(folder) || !system.getFileStatus(folder).isDirectory()) {
        throw new OutputException(
            "%s: there is no folder to write it in; make the folder, or name another file"
                .formatted(file));
      }
      if (system.exists(path) && system.getFileStatus(path).isDirectory()) {
        throw new OutputException("%s: is a folder, expected a file; name one".formatted(file));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw cannotWrite(file, e);
    }
  }

  /**
   * Makes a folder, unless it is there.
   *
   * @throws OutputException if it cannot be made
   */
  public void requireFolder(String folder) {
    try {
      Path path = new Path(folder);
      if (!PlainFiles.of(path, hadoop).mkdirs(path)) {
        throw new IOException("the file system refused");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new OutputException(
          "%s: no such folder can be made (%s); name another".formatted(folder, Failures.line(e)),
          e);
    }
  }

  /**
   * Writes a file beside its place and moves it there when it is whole.
   *
   * @throws OutputException if that fails; nothing is left then
   */
  public void write(String file, NewFile.Content content) {
    try {
      Path path = new Path(file);
      NewFile.replace(PlainFiles.of(path, hadoop), path, content);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  private static OutputException cannotWrite(String file, Exception e) {
    return new OutputException(
        "%s: cannot be written (%s); name a file in a folder that can be written"
            .formatted(file, Failures.line(e)),
        e);
  }
}
