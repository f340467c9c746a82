package org.eigensweep.spark.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes files completely or not at all. */
public final class NewFile {
  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is buffered, and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  private NewFile() {}

  /**
   * Writes a file, in place of one of that name.
   *
   * @throws IOException if that fails, on a full disk too, where Hadoop's local file system throws
   *     an error that is no exception; nothing is left then
   */
  public static void write(FileSystem files, Path path, Content content) throws IOException {
    try (OutputStream out = new BufferedOutputStream(files.create(path, true))) {
      content.writeTo(out);
    } catch (IOException e) {
      throw abandoned(files, path, e);
    } catch (FSError e) {
      throw abandoned(files, path, new IOException(e.getCause().getMessage(), e));
    }
  }

  /**
   * Writes a file beside its place and moves it there: not even a process that is killed leaves a
   * part in its place. Readers pass over the name that it has until then: Spark because of the dot
   * before it, and programs that look for names like {@code *.parquet}, hidden or not, because of
   * what follows it.
   *
   * @throws IOException as {@link #write} does, or if it cannot be moved
   */
  public static void replace(FileSystem files, Path path, Content content) throws IOException {
    Path unfinished = new Path(path.getParent(), "." + path.getName() + ".unfinished");
    write(files, unfinished, content);
    if (files.rename(unfinished, path)) {
      return; // over an earlier file, where the file system can: readers see either of both
    }
    files.delete(path, false);
    if (!files.rename(unfinished, path)) {
      throw new IOException("the file system refused to rename " + unfinished);
    }
  }

  private static IOException abandoned(FileSystem files, Path path, IOException cause) {
    try {
      files.delete(path, false);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }
}
